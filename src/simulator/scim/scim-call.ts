import type { Call, Handler } from '../http/route.js';
import type { Reply } from '../http/reply.js';
import { membersOf } from '../core/json.js';
import { scimError, scimHeaders } from './scim-error.js';

/** Wraps a handler with what all SCIM calls have in common: single sign-on, permissions, body, media type. */
export function scim(handler: Handler): Handler {
  return (call) => {
    const { world } = call;
    if (!world.options.sso) throw scimError(world, 400, 'Account has not enabled Single Sign-On.');
    const reply = handler(call);
    return reply.body === undefined ? reply : { ...reply, headers: { ...scimHeaders, ...reply.headers } };
  };
}

/** As scim, for writes, which the role of the installing admin must allow. */
export function scimWrite(kind: 'User' | 'Group', handler: Handler): Handler {
  return scim((call) => {
    const { world } = call;
    if (world.options.adminPermissions) return handler(call);
    throw scimError(world, 403, `The request was denied due to insufficient permissions: "${kind}:Edit".`);
  });
}

/** As scimWrite, for writes with a body. */
export function scimBody(kind: 'User' | 'Group', handler: (call: Call) => Reply): Handler {
  return scimWrite(kind, (call) => {
    if (Object.keys(membersOf(call.body)).length > 0) return handler(call);
    throw scimError(call.world, 400, 'The request JSON must not be empty.');
  });
}
