import { endpointTable } from '../kit/endpoint-table.js';

const readUsers = 'user:read:admin user:write:admin user:read user:write';

const writeUsers = 'user:write:admin user:write';

/**
 * Zoom's user calls with their rate labels and scopes, any one of which suffices.
 * Source: https://developers.zoom.us/docs/api/users/
 */
export const userEndpoints = endpointTable('rest', {
  listUsers: ['GET /users', 'medium', 'safe', 'user:read:list_users:admin', readUsers],
  createUser: ['POST /users', 'light', 'lookFirst', 'user:write:user:admin', writeUsers],
  getUser: ['GET /users/{userId}', 'light', 'safe', 'user:read:user:admin user:read:user', readUsers],
  getUserByEmployeeId: [
    'GET /users/{employeeId}',
    'light',
    'safe',
    'user:read:user:admin user:read:user',
    readUsers,
  ],
  updateUser: [
    'PATCH /users/{userId}',
    'light',
    'safe',
    'user:update:user:admin user:update:user',
    writeUsers,
  ],
  deleteUser: [
    'DELETE /users/{userId}',
    'light',
    'safe',
    'user:delete:user:admin user:delete:user',
    writeUsers,
  ],
  updateUserStatus: [
    'PUT /users/{userId}/status',
    'light',
    'safe',
    'user:update:status:admin user:update:status',
    writeUsers,
  ],
  updateUserEmail: [
    'PUT /users/{userId}/email',
    'light',
    'lookFirst',
    'user:update:email:admin user:update:email',
    writeUsers,
  ],
  updateUserPassword: [
    'PUT /users/{userId}/password',
    'medium',
    'never',
    'user:update:password:admin user:update:password',
    writeUsers,
  ],
  revokeUserToken: [
    'DELETE /users/{userId}/token',
    'light',
    'safe',
    'user:delete:token:admin user:delete:token',
    writeUsers,
  ],
});

const writeRoles = 'role:write:admin';

/**
 * Zoom's account role calls with their rate labels and scopes, any one of which suffices.
 * Source: https://developers.zoom.us/docs/api/accounts/#tag/roles
 */
export const roleEndpoints = endpointTable('rest', {
  addRoleMembers: [
    'POST /roles/{roleId}/members',
    'medium',
    'safe',
    'role:write:member:admin role:write:member',
    writeRoles,
  ],
  removeRoleMember: [
    'DELETE /roles/{roleId}/members/{memberId}',
    'light',
    'safe',
    'role:delete:member:admin role:delete:member',
    writeRoles,
  ],
});

const writeGroups = 'group:write:admin';

/**
 * The calls by which users join and leave groups, for updates of users and of groups.
 * Source: https://developers.zoom.us/docs/api/users/#tag/groups
 */
export const membershipEndpoints = endpointTable('rest', {
  addGroupMembers: [
    'POST /groups/{groupId}/members',
    'medium',
    'safe',
    'group:write:member:admin',
    writeGroups,
  ],
  removeGroupMember: [
    'DELETE /groups/{groupId}/members/{memberId}',
    'light',
    'safe',
    'group:delete:member:admin',
    writeGroups,
  ],
});
