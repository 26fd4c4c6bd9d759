import type { ResolvedChange } from '../../../connid/delta.js';
import type { ReadBack } from '../../../connector/object-class/object-class.js';
import { readUser } from '../find-user.js';
import { statusOf } from '../user-status.js';
import { awaitPhoneUser } from './calls.js';

/** A phone that was switched on is there after a moment. */
export function phoneReadBack({ after, attribute }: ResolvedChange): ReadBack | undefined {
  return attribute === 'ZOOM_PHONE_FEATURE' && after[0] === true ? switchedOn : undefined;
}

/** A pending user has no phone before the invitation is accepted, so nobody can tell yet. */
const switchedOn: ReadBack = async (uid, _, session) => {
  const user = await readUser(uid, session);
  if (typeof user === 'string' || statusOf(user) === 'pending') return undefined;
  await session.send(awaitPhoneUser(user.uid));
  return [true];
};
