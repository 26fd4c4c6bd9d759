import { routes } from '../http/route.js';
import {
  acknowledgeAdmins,
  acknowledgeMembers,
  addAdmins,
  addMembers,
  listAdmins,
  listMembers,
  removeAdmin,
  removeMember,
  updateMember,
} from './member-handlers.js';
import { createGroup, deleteGroup, listGroups, readGroup, renameGroup } from './group-handlers.js';

const read = 'group:read:admin group:write:admin';
const write = 'group:write:admin';
const group = '/groups/{groupId}' as const;

/** Zoom's calls on groups. Source of labels and scopes: https://developers.zoom.us/docs/api/users/#tag/groups */
export const groupRoutes = routes('rest', [
  ['GET /groups', 'medium', 'group:read:list_groups:admin', read, listGroups],
  ['POST /groups', 'light', 'group:write:group:admin', write, createGroup],
  [`GET ${group}`, 'light', 'group:read:group:admin', read, readGroup],
  [`PATCH ${group}`, 'light', 'group:update:group:admin', write, renameGroup],
  [`DELETE ${group}`, 'light', 'group:delete:group:admin', write, deleteGroup],
  [`GET ${group}/members`, 'medium', 'group:read:list_members:admin', read, listMembers],
  [`POST ${group}/members`, 'medium', 'group:write:member:admin', write, addMembers, acknowledgeMembers],
  [`DELETE ${group}/members/{memberId}`, 'light', 'group:delete:member:admin', write, removeMember],
  [`PATCH ${group}/members/{memberId}`, 'medium', 'group:update:member:admin', write, updateMember],
  [`GET ${group}/admins`, 'medium', 'group:read:administrator:admin', read, listAdmins],
  [`POST ${group}/admins`, 'medium', 'group:write:administrator:admin', write, addAdmins, acknowledgeAdmins],
  [`DELETE ${group}/admins/{userId}`, 'light', 'group:delete:administrator:admin', write, removeAdmin],
]);
