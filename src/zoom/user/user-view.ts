import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import { textAt } from '../kit/json.js';

/** Zoom's words for the three states of a user. */
export type UserStatus = 'active' | 'inactive' | 'pending';

/** The source that proves a user's status and role, over REST. */
export const userRecord: ReadonlySet<string> = new Set(['user']);

/** The view of the user class, for both of Zoom's APIs. */
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

/** The error for an address that is taken although no user of the account has it. */
export const nameTakenElsewhere = {
  message: 'The address is taken, but by no user of this account: it belongs to a foreign Zoom account.',
  hint: 'Ask its owner to release the address or to join this account, or use another address.',
} as const;

/** The reason why users whom Zoom protects must not be adopted. */
export const neverAdopted = 'The owner and administrators of the account are never adopted.';

/** The status of a user. One that only the list of pending users shows has no other record. */
export function statusOf(found: FoundObject): UserStatus {
  const record = found.records.get('user') ?? found.records.get('userList');
  const told = textAt(record, 'status');
  const [status = told] = found.written?.over('STATUS', []) ?? [];
  return status === 'inactive' || status === 'pending' ? status : 'active';
}
