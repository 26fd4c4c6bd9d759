import { routes } from '../http/route.js';
import {
  createScimGroup,
  deleteScimGroup,
  listScimGroups,
  patchScimGroup,
  readScimGroup,
} from './group-handlers.js';
import { scim, scimBody, scimWrite } from './scim-call.js';
import { listScimUsers, readScimUser } from './user-reads.js';
import { createScimUser, deleteScimUser, patchScimUser, replaceScimUser } from './user-writes.js';

const granular = 'scim2:admin';
const classic = 'scim2';
const user = '/scim2/Users/{userId}' as const;
const group = '/scim2/Groups/{groupId}' as const;

/** Zoom's SCIM2 calls. Source of labels and scopes: https://developers.zoom.us/docs/api/scim2/ */
export const scimRoutes = routes('scim', [
  ['GET /scim2/Users', 'medium', granular, classic, scim(listScimUsers)],
  ['POST /scim2/Users', 'light', granular, classic, scimBody('User', createScimUser)],
  [`GET ${user}`, 'light', granular, classic, scim(readScimUser)],
  [`PUT ${user}`, 'light', granular, classic, scimBody('User', replaceScimUser), scim(readScimUser)],
  [`PATCH ${user}`, 'light', granular, classic, scimBody('User', patchScimUser), scim(readScimUser)],
  [`DELETE ${user}`, 'light', granular, classic, scimWrite('User', deleteScimUser)],
  ['GET /scim2/Groups', 'medium', granular, classic, scim(listScimGroups)],
  ['POST /scim2/Groups', 'medium', granular, classic, scimBody('Group', createScimGroup)],
  [`GET ${group}`, 'light', granular, classic, scim(readScimGroup)],
  [`PATCH ${group}`, 'medium', granular, classic, scimBody('Group', patchScimGroup)],
  [`DELETE ${group}`, 'medium', granular, classic, scimWrite('Group', deleteScimGroup)],
]);
