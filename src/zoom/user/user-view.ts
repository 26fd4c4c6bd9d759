import type { AttributeDeclaration } from '../../connid/attribute.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import { textAt } from '../kit/json.js';
import type { PendingUsers } from './pending-users.js';

/** What a user class shows of itself, whichever of Zoom's APIs it uses. */
export function userView(
  attributes: Readonly<Record<string, AttributeDeclaration>>,
  renamed: Readonly<Record<string, string>>,
): ObjectClassView {
  return new ObjectClassView({
    name: 'ZoomUser',
    description: 'A user of the Zoom account: active, inactive or pending.',
    attributes,
    aliases: { USER_ID: '__UID__', EMAIL: '__NAME__', PASSWORD: '__PASSWORD__' },
    retired: { ZOOM_ONE_FEATURE_TYPE: 'Use ZOOM_ONE_TYPE.' },
    renamed,
  });
}

/** How to say that no user of the account has an address that is taken. */
export const takenElsewhere = {
  message: 'The address is taken, but by no user of this account: it belongs to a foreign Zoom account.',
  hint: 'Ask its owner to release the address or to join this account, or use another address.',
} as const;

/** What the answer to a create over REST tells; the new user is pending, in all likelihood. */
export function createdUser(answer: unknown, pending: PendingUsers): ReturnType<ObjectClass['created']> {
  const [uid, name] = [textAt(answer, 'id'), textAt(answer, 'email')];
  if (uid !== undefined && name !== undefined) pending.note({ uid, name });
  return { uid, name };
}

/** Why the users whom Zoom protects must not be adopted. */
export const neverAdopted = 'The owner and administrators of the account are never adopted.';
