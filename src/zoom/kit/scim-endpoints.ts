import { endpointTable } from './endpoint-table.js';

const granular = 'scim2:admin';

const classic = 'scim2';

/**
 * Zoom's SCIM2 calls with their rate labels. One scope is enough for all. A PUT contains the whole user and a PATCH
 * adds a member only once, so both may be repeated.
 * Source: https://developers.zoom.us/docs/api/scim2/
 */
export const scimEndpoints = endpointTable('scim', {
  listScimUsers: ['GET /Users', 'medium', 'safe', granular, classic],
  createScimUser: ['POST /Users', 'light', 'lookFirst', granular, classic],
  getScimUser: ['GET /Users/{userId}', 'light', 'safe', granular, classic],
  replaceScimUser: ['PUT /Users/{userId}', 'light', 'safe', granular, classic],
  patchScimUser: ['PATCH /Users/{userId}', 'light', 'safe', granular, classic],
  deleteScimUser: ['DELETE /Users/{userId}', 'light', 'safe', granular, classic],
  listScimGroups: ['GET /Groups', 'medium', 'safe', granular, classic],
  createScimGroup: ['POST /Groups', 'medium', 'lookFirst', granular, classic],
  getScimGroup: ['GET /Groups/{groupId}', 'light', 'safe', granular, classic],
  patchScimGroup: ['PATCH /Groups/{groupId}', 'medium', 'safe', granular, classic],
  deleteScimGroup: ['DELETE /Groups/{groupId}', 'medium', 'safe', granular, classic],
});
