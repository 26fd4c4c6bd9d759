import { endpointTable } from '../kit/endpoint-table.js';

const readGroups = 'group:read:admin group:write:admin';

const writeGroups = 'group:write:admin';

/**
 * Zoom's group calls with their rate labels and scopes. Any one scope of a call is enough.
 * Source: https://developers.zoom.us/docs/api/users/#tag/groups
 */
export const groupEndpoints = endpointTable('rest', {
  listGroups: ['GET /groups', 'medium', 'safe', 'group:read:list_groups:admin', readGroups],
  createGroup: ['POST /groups', 'light', 'lookFirst', 'group:write:group:admin', writeGroups],
  getGroup: ['GET /groups/{groupId}', 'light', 'safe', 'group:read:group:admin', readGroups],
  updateGroup: ['PATCH /groups/{groupId}', 'light', 'safe', 'group:update:group:admin', writeGroups],
  deleteGroup: ['DELETE /groups/{groupId}', 'light', 'safe', 'group:delete:group:admin', writeGroups],
  listGroupMembers: [
    'GET /groups/{groupId}/members',
    'medium',
    'safe',
    'group:read:list_members:admin',
    readGroups,
  ],
  listGroupAdmins: [
    'GET /groups/{groupId}/admins',
    'medium',
    'safe',
    'group:read:administrator:admin',
    readGroups,
  ],
  addGroupAdmins: [
    'POST /groups/{groupId}/admins',
    'medium',
    'safe',
    'group:write:administrator:admin',
    writeGroups,
  ],
  removeGroupAdmin: [
    'DELETE /groups/{groupId}/admins/{userId}',
    'light',
    'safe',
    'group:delete:administrator:admin',
    writeGroups,
  ],
});
