import { ApiError } from '../http/api-error.js';
import type { World } from '../world.js';

/** Media type of SCIM answers. */
export const scimHeaders = { 'Content-Type': 'application/scim+json' } as const;

/** A refusal in SCIM's form. Zoom sends `status` as a number although the standard wants text. */
export function scimError(world: World, status: number, detail: string): ApiError {
  const shown = world.options.scimErrorStatus === 'string' ? String(status) : status;
  return new ApiError({
    status,
    headers: scimHeaders,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: shown },
  });
}

/** The refusal of a call on a user that SCIM does not see. */
export function noScimUser(world: World): ApiError {
  return scimError(world, 404, 'User does not exist.');
}
