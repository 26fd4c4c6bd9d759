import { endpointTable } from '../kit/endpoint-table.js';

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
