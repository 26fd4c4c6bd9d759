import type { Call, Session } from '../../connector/object-class/call.js';
import type { Endpoint } from '../../connector/object-class/endpoint.js';
import { ConnectorError } from '../../connid/errors.js';
import { endpointTable } from './endpoint-table.js';
import { asList, asObject, at, type Json, read, textAt } from './json.js';
import type { Position } from './list-walk.js';
import type { PagedList } from './paged-list.js';
import type { RowCheck } from './row-faults.js';

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

/** Zoom's largest page. The documented default is one row, so we always send the size. */
const pageSize = 100;

/**
 * A SCIM list by positions: the page token is the position of the page's first row, which is the last row of the page
 * before. Positions change when users come and go during the walk, and the total shows nothing when as many come as go.
 */
export function scimPages(endpoint: Endpoint, faultOf: RowCheck, why: string): PagedList {
  return {
    rows: 'Resources',
    keyOf,
    faultOf,
    page: (token = '1') => ({ endpoint, query: { startIndex: token, count: pageSize }, why }),
    position: (answer, rows, token = '1') => positionOf(answer, rows, Number(token)),
  };
}

const keyOf = (row: Json | undefined) => textAt(row, 'id');

function positionOf(answer: unknown, rows: readonly Json[], start: number): Position {
  const [total] = read.integer('totalResults')(answer) ?? [];
  if (typeof total !== 'number') {
    throw new ConnectorError('connectorIO', 'Zoom returned a SCIM list without totalResults.');
  }
  const end = start + rows.length;
  if (rows.length === 0 || end > total) return { total, next: undefined, begins: keyOf(rows[0]) };
  // A page of one row must not overlap: the walk would stand still.
  const overlaps = rows.length > 1;
  return {
    total,
    next: String(overlaps ? end - 1 : end),
    begins: keyOf(rows[0]),
    joint: overlaps ? keyOf(rows.at(-1)) : undefined,
  };
}

/** The call that searches for resources with this value. */
export function filtered(endpoint: Endpoint, attribute: string, value: string, why: string): Call {
  const filter = `${attribute} eq ${JSON.stringify(value)}`;
  return { endpoint, query: { filter, startIndex: 1, count: pageSize }, why };
}

/**
 * The resource that a look-up finds.
 * @param isIt - checks each resource, because we do not rely on Zoom's filters.
 */
export async function lookUpOne(
  call: Call,
  isIt: (resource: Json) => boolean,
  session: Session,
): Promise<Json | undefined> {
  const resources = at(await session.send(call), 'Resources');
  return asList(resources).map(asObject).find(isIt);
}

/** The schema names that Zoom's SCIM2 API uses. Source: https://developers.zoom.us/docs/api/scim2/ */
export const urns = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  /** Licences, phone and custom attributes of a user. */
  zoomUser: 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User',
  /** The sign-in types of a user. */
  login: 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser',
  zoomGroup: 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group',
} as const;
