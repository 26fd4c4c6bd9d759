import type { OperationContext } from '../../../connector/context.js';
import type { FoundObject, ObjectKey } from '../../../connector/object-class/object-class.js';
import type { Session } from '../../../connector/session.js';
import { ConnectorError } from '../../../connid/errors.js';
import { isAddress, isId } from '../../kit/forms.js';
import { asObject } from '../../kit/json.js';
import { unlessUnknown } from '../../kit/reads.js';
import { findUser } from '../find-user.js';
import type { PendingUsers } from '../pending-users.js';
import { statusOf } from '../user-status.js';
import { getScimUser, lookUpScimUser } from './calls.js';
import { toFoundScimUser } from './resource.js';

/** What finding users over SCIM depends on. */
interface ScimFinding {
  /** REST's index of pending users, where REST may be used. */
  readonly pending: PendingUsers | undefined;
  /** Operations that met an address which was invited before, and is nobody's now. */
  readonly formerInvitations: WeakSet<OperationContext>;
}

/**
 * Finds a user by uid, address or employee id. SCIM sees no pending user: REST does, and tells what becomes of an
 * address that SCIM refuses to look for. A user that is found by REST alone is pending.
 * @throws ConnectorError `preconditionFailed` (`alreadyExists` before a create) where only REST could tell who has the
 * address, and REST may not be used.
 */
export async function findScimUser(
  key: ObjectKey,
  finding: ScimFinding,
  session: Session,
): Promise<FoundObject | undefined> {
  if (key.attribute === 'EMPLOYEE_UNIQUE_ID') return findOverRest(key, finding, session);
  if (isAddress(key.value)) return findByAddress(key, finding, session);
  if (key.attribute !== '__UID__' || !isId(key.value)) return undefined;
  return (await readScimUser(key.value, session)) ?? findUnseen(key, finding, session);
}

function thoroughly(key: ObjectKey): ObjectKey {
  return { thorough: new Set([key.value]), ...key };
}

/** SCIM shows no user of this id. Without REST the last known address tells whether that means anything. */
async function findUnseen(
  key: ObjectKey,
  finding: ScimFinding,
  session: Session,
): Promise<FoundObject | undefined> {
  const { nameHint = '' } = key;
  if (finding.pending !== undefined || !isAddress(nameHint)) {
    return findOverRest(key, finding, session);
  }
  return findByAddress({ attribute: '__NAME__', value: nameHint }, finding, session);
}

async function findByAddress(
  key: ObjectKey,
  finding: ScimFinding,
  session: Session,
): Promise<FoundObject | undefined> {
  const told = await lookUpScimUser(key.value, session);
  if (typeof told === 'object') return toFoundScimUser('scimList', told);
  if (told === 'absent') {
    const isPerhapsPending = key.attribute === '__UID__' || key.thorough !== undefined;
    return isPerhapsPending ? findOverRest(key, finding, session) : undefined;
  }
  if (finding.pending === undefined) throw nobodyKnows(key);
  const found = await findOverRest(thoroughly(key), finding, session).catch((thrown: unknown) => {
    throw nobodyKnows(key, thrown);
  });
  if (found === undefined) finding.formerInvitations.add(session.context);
  return found;
}

/** A user whom SCIM does not show: pending, or known under another id now. */
async function findOverRest(
  key: ObjectKey,
  { pending }: ScimFinding,
  session: Session,
): Promise<FoundObject | undefined> {
  const user = pending === undefined ? undefined : await findUser(key, pending, session);
  if (user === undefined || statusOf(user) === 'pending') return user;
  const shown = await readScimUser(user.uid, session);
  if (shown === undefined) throw outOfStep('REST', 'SCIM');
  return { ...shown, records: new Map([...shown.records, ...user.records]) };
}

/** @returns `undefined` when SCIM shows no user of this id. */
export async function readScimUser(uid: string, session: Session): Promise<FoundObject | undefined> {
  const answer = await unlessUnknown(session.send(getScimUser(uid, 'read the user')));
  return answer === undefined ? undefined : toFoundScimUser('scimUser', asObject(answer));
}

const remedies =
  'Look for the address among the pending users in the Zoom portal, or let the connector do so: set ' +
  'service.scimFallback and grant the application the scopes to read users over REST.';

const moreRemedies = `${remedies} Resend or delete the invitation there, or use another address.`;

/** How to say that an address is taken by nobody whom SCIM shows, when there is no REST to ask. */
export const takenUnseen = {
  message:
    'The address is taken by nobody whom SCIM shows: it is pending here, or belongs to a foreign Zoom account.',
  hint: moreRemedies,
} as const;

/** Another failure than a refusal leaves the question open, too, but is its own explanation. */
function nobodyKnows({ toCreate }: ObjectKey, thrown?: unknown): unknown {
  const denied = thrown instanceof ConnectorError && thrown.kind === 'permissionDenied';
  if (thrown !== undefined && !denied) return thrown;
  const message =
    'SCIM does not tell who has this address: it is pending here, was invited before, or belongs to another account.';
  return new ConnectorError(toCreate === true ? 'alreadyExists' : 'preconditionFailed', message, {
    hint: toCreate === true ? moreRemedies : remedies,
    ...(denied && { cause: thrown }),
  });
}

/** One of Zoom's APIs shows a user whom the other one does not know. */
export function outOfStep(shows: string, hides: string): ConnectorError {
  return new ConnectorError('connectorIO', `Zoom shows the user over ${shows}, but not over ${hides}.`, {
    hint:
      'Zoom may need a moment after a change of the user; repeat the operation. If that does not help, check that ' +
      'service.serviceUrl and service.scimUrl belong together.',
  });
}
