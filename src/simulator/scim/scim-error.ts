import { ApiError } from '../http/reply.js';
import type { World } from '../world.js';

/** Media type of SCIM answers. */
export const scimHeaders = { 'Content-Type': 'application/scim+json' } as const;

/** A refusal in SCIM's form. Zoom sends `status` as a number, although the standard demands text. */
export function scimError(world: World, status: number, detail: string): ApiError {
  const statusMember = world.options.scimErrorStatus === 'string' ? String(status) : status;
  return new ApiError({
    status,
    headers: scimHeaders,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: statusMember },
  });
}

/** The refusal of a call on a user that SCIM does not show. */
export function noScimUser(world: World): ApiError {
  return scimError(world, 404, 'User does not exist.');
}

/** Names of schemas. Source: https://developers.zoom.us/docs/api/scim2/ */
export const urns = {
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  zoomUser: 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User',
  login: 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  zoomGroup: 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group',
} as const;

const location = 'https://api.zoom.us/scim2';

/** The member `meta` of a resource. */
export function metaOf(resourceType: 'User' | 'Group', id: string, created: string): Record<string, unknown> {
  const path = `${location}/${resourceType}s/${encodeURIComponent(id)}`;
  return { resourceType, version: '1.0.0', location: path, created, lastModified: created };
}
