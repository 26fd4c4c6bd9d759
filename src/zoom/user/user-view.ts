import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import { textAt } from '../kit/json.js';

/** Zoom's words for the three states of a user. */
const statuses = ['active', 'inactive', 'pending'] as const;

/** The state of a user. */
export type UserStatus = (typeof statuses)[number];

/** The source of a user's role, over REST. */
export const userRecord: ReadonlySet<string> = new Set(['user']);

/** A source that writes ask for: with it a user is found with a known status, or not at all. */
export const provenStatus = 'provenStatus';

/** The sources that writes need, over REST. */
export const userToWrite: ReadonlySet<string> = new Set([...userRecord, provenStatus]);

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

/** Words about an existing user whose invitation is pending: the remedy differs. */
export const pendingExists = {
  message: 'Its invitation is pending.',
  hint: 'If the person should be invited again, delete the pending user first: that withdraws the invitation.',
} as const;

/** The reason why users whom Zoom protects must not be adopted. */
export const neverAdopted = 'The owner and administrators of the account are never adopted.';

/** The status in a record; `undefined` when Zoom does not show it, or shows another word than its three. */
export function statusIn(record: unknown): UserStatus | undefined {
  return toStatus(textAt(record, 'status'));
}

function toStatus(word: unknown): UserStatus | undefined {
  return statuses.find((status) => status === word);
}

/**
 * The status of a user: as written a moment ago, as proven, or as the first record says that shows one. `undefined`
 * when that is none of the three: nothing is guessed from it.
 */
export function statusOf({ records, written }: FoundObject): UserStatus | undefined {
  const [recent] = written?.over('STATUS', []) ?? [];
  const shown = [provenStatus, 'user', 'userList']
    .map((source) => textAt(records.get(source), 'status'))
    .find((word) => word !== undefined);
  return toStatus(recent ?? shown);
}

/**
 * The status of a user whom a write found.
 * @throws ConnectorError `connectorIO` when it is not known.
 */
export function knownStatus(found: FoundObject): UserStatus {
  const status = statusOf(found);
  if (status === undefined) throw unknownStatus();
  return status;
}

/** The error of a write to a user whose status Zoom does not show: what Zoom takes depends on it. */
export function unknownStatus(): ConnectorError {
  return new ConnectorError(
    'connectorIO',
    'Zoom does not show whether the user is active, inactive or pending.',
    {
      hint: 'Nothing was written. Look at the user in the Zoom portal, and repeat the operation.',
    },
  );
}
