import { both, routes } from '../http/route.js';
import { createUser } from './create-user.js';
import { deleteUser } from './delete-user.js';
import {
  checkEmail,
  checkVanityName,
  listUsers,
  readPermissions,
  readSettings,
  readUser,
  summarizeUsers,
  updateSettings,
} from './read-handlers.js';
import {
  changeEmail,
  changePassword,
  changeStatus,
  readToken,
  revokeToken,
} from './status-email-password.js';
import { updateFeatures } from './bulk-features.js';
import { updateUser } from './update-user.js';

const read = 'user:read user:write user:read:admin user:write:admin';
const readOwn = `${read} user_profile`;
const write = 'user:write:admin user:write';

/** Zoom's calls on users. Source of labels and scopes: https://developers.zoom.us/docs/api/users/ */
export const userRoutes = routes('rest', [
  ['GET /users', 'medium', 'user:read:list_users:admin', read, listUsers],
  ['POST /users', 'light', 'user:write:user:admin', write, createUser],
  ['GET /users/{userId}', 'light', both('user:read:user'), `${readOwn} user_info:read`, readUser],
  ['PATCH /users/{userId}', 'light', both('user:update:user'), write, updateUser],
  ['DELETE /users/{userId}', 'light', both('user:delete:user'), write, deleteUser],
  ['PUT /users/{userId}/email', 'light', both('user:update:email'), write, changeEmail],
  ['PUT /users/{userId}/password', 'medium', both('user:update:password'), write, changePassword],
  ['PUT /users/{userId}/status', 'light', both('user:update:status'), write, changeStatus],
  ['GET /users/{userId}/settings', 'medium', both('user:read:settings'), read, readSettings],
  ['PATCH /users/{userId}/settings', 'medium', both('user:update:settings'), write, updateSettings],
  ['GET /users/email', 'light', both('user:read:email'), read, checkEmail],
  ['GET /users/summary', 'medium', 'user:read:summary:admin', read, summarizeUsers],
  ['GET /users/vanity_name', 'light', both('user:read:pm_room'), read, checkVanityName],
  ['POST /users/features', 'medium', 'user:write:feature:admin', write, updateFeatures],
  ['GET /users/{userId}/permissions', 'light', both('user:read:list_permissions'), readOwn, readPermissions],
  ['GET /users/{userId}/token', 'light', both('user:read:token'), readOwn, readToken],
  ['DELETE /users/{userId}/token', 'light', both('user:delete:token'), write, revokeToken],
]);
