import type { Call, Handler } from '../http/route.js';
import type { Reply } from '../http/reply.js';
import { membersOf } from '../core/json.js';
import { scimError, scimHeaders } from './scim-error.js';

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
export function scimWrite(kind: 'User' | 'Group', handler: Handler): Handler {
  return scim((call) => {
    const { world } = call;
    if (world.options.adminPermissions) return handler(call);
    throw scimError(world, 403, `The request was denied due to insufficient permissions: "${kind}:Edit".`);
  });
}

/** Like `scimWrite`, for writes that need a body. */
export function scimBody(kind: 'User' | 'Group', handler: (call: Call) => Reply): Handler {
  return scimWrite(kind, (call) => {
    if (Object.keys(membersOf(call.body)).length > 0) return handler(call);
    throw scimError(call.world, 400, 'The request JSON must not be empty.');
  });
}
