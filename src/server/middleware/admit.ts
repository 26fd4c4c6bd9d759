import type { RequestHandler } from 'express';

import { authenticate } from '../auth/authenticate.js';
import type { TokenVerifier } from '../auth/caller.js';
import { assertLocalOrigin } from '../auth/loopback.js';
import { exchangeOf } from '../exchange/exchange.js';
import type { Operation } from '../operations/operation.js';

/**
 * Lets in whoever may call anything at all. Paths nobody declared are no exception: who has no token does not
 * learn which paths there are.
 */
export function admit(verifiers: readonly TokenVerifier[], rows: readonly Operation[]): RequestHandler {
  const open = new Set(rows.filter(({ access }) => access === 'open').map(({ path }) => path));
  return async (request, response, next) => {
    if (verifiers.length === 0) assertLocalOrigin(request.get('origin'));
    else if (!open.has(request.path)) {
      exchangeOf(response).caller = await authenticate(request.get('authorization'), verifiers);
    }
    next();
  };
}
