import { both, routes } from '../http/route.js';
import { createRole, deleteRole, listRoles, readRole, updateRole } from '../roles/role-handlers.js';
import {
  acknowledgeRoleMembers,
  addRoleMembers,
  listRoleMembers,
  removeRoleMember,
} from '../roles/role-member-handlers.js';
import { listManagedDomains, listTrustedDomains, readPlanUsage } from './account-handlers.js';

const read = 'role:read:admin role:write:admin';
const write = 'role:write:admin';
const role = '/roles/{roleId}' as const;
const account = '/accounts/{accountId}' as const;
const usage = 'billing:read:plan_usage:admin billing:read:plan_usage:master';

/** Zoom's calls on roles and the account. Source of labels and scopes: https://developers.zoom.us/docs/api/accounts/ */
export const accountRoutes = routes('rest', [
  ['GET /roles', 'medium', both('role:read:list_roles'), read, listRoles],
  ['POST /roles', 'light', both('role:write:role'), write, createRole],
  [`GET ${role}`, 'light', both('role:read:role'), read, readRole],
  [`PATCH ${role}`, 'light', both('role:update:role'), write, updateRole],
  [`DELETE ${role}`, 'light', both('role:delete:role'), write, deleteRole],
  [`GET ${role}/members`, 'medium', both('role:read:list_members'), read, listRoleMembers],
  [
    `POST ${role}/members`,
    'medium',
    both('role:write:member'),
    write,
    addRoleMembers,
    acknowledgeRoleMembers,
  ],
  [`DELETE ${role}/members/{memberId}`, 'light', both('role:delete:member'), write, removeRoleMember],
  [
    `GET ${account}/managed_domains`,
    'light',
    'account:read:managed_domains:master',
    'account:read:admin',
    listManagedDomains,
  ],
  [
    `GET ${account}/trusted_domains`,
    'light',
    'account:read:trusted_domains:master',
    'account:read:admin',
    listTrustedDomains,
  ],
  [`GET ${account}/plans/usage`, 'heavy', usage, 'billing:master account:master', readPlanUsage],
]);
