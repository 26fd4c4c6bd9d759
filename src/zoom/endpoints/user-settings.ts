import { endpointTable } from './endpoint.js';

const readUsers = 'user:read:admin user:write:admin user:read user:write';
const writeUsers = 'user:write:admin user:write';

/**
 * Settings and licences of users, with rate labels and scopes, any one of which suffices.
 * Source: https://developers.zoom.us/docs/api/users/
 */
export const userSettingsEndpoints = endpointTable('rest', {
  getUserSettings: [
    'GET /users/{userId}/settings',
    'medium',
    'safe',
    'user:read:settings:admin user:read:settings',
    readUsers,
  ],
  updateUserSettings: [
    'PATCH /users/{userId}/settings',
    'medium',
    'safe',
    'user:update:settings:admin user:update:settings',
    writeUsers,
  ],
  assignFeatures: ['POST /users/features', 'medium', 'safe', 'user:write:feature:admin', writeUsers],
  getUserSummary: ['GET /users/summary', 'medium', 'safe', 'user:read:summary:admin', readUsers],
});
