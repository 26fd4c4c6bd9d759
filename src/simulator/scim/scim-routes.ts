import { membersOf } from '../core/json.js';
import type { Reply } from '../http/reply.js';
import { type Call, type Handler, routes } from '../http/route.js';
import {
  createScimGroup,
  deleteScimGroup,
  listScimGroups,
  patchScimGroup,
  readScimGroup,
} from './group-handlers.js';
import { scimError, scimHeaders } from './scim-error.js';
import { listScimUsers, readScimUser } from './user-reads.js';
import { createScimUser, deleteScimUser, patchScimUser, replaceScimUser } from './user-writes.js';

/** Wraps the handler of a SCIM call: requires single sign-on, sets the media type. */
export function scim(handler: Handler): Handler {
  return (call) => {
    const { world } = call;
    if (!world.options.sso) throw scimError(world, 400, 'Account has not enabled Single Sign-On.');
    const reply = handler(call);
    return reply.body === undefined ? reply : { ...reply, headers: { ...scimHeaders, ...reply.headers } };
  };
}

/** Like `scim`, for writes: the role of the installing administrator must allow them. */
function scimWrite(kind: 'User' | 'Group', handler: Handler): Handler {
  return scim((call) => {
    const { world } = call;
    if (world.options.adminPermissions) return handler(call);
    throw scimError(world, 403, `The request was denied due to insufficient permissions: "${kind}:Edit".`);
  });
}

/** Like `scimWrite`, for writes that need a body. */
function scimBody(kind: 'User' | 'Group', handler: (call: Call) => Reply): Handler {
  return scimWrite(kind, (call) => {
    if (Object.keys(membersOf(call.body)).length > 0) return handler(call);
    throw scimError(call.world, 400, 'The request JSON must not be empty.');
  });
}

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
