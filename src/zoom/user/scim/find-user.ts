import type { OperationContext } from '../../../connector/context.js';
import type { Session } from '../../../connector/object-class/call.js';
import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { ObjectKey } from '../../../connector/object-class/readable.js';
import { ConnectorError } from '../../../connid/errors.js';
import { isAddress, isId } from '../../kit/forms.js';
import { asObject, textAt } from '../../kit/json.js';
import { unlessUnknown } from '../../kit/reads.js';
import { findUser, readUser } from '../find-user.js';
import type { PendingUsers } from '../pending-users.js';
import type { PhoneIndex } from '../phone/phone-index.js';
import { phoneReader } from '../phone/read-phone.js';
import type { Sites } from '../phone/sites.js';
import type { UserListingSettings } from '../user-listing.js';
import { statusOf } from '../user-view.js';
import { getScimUser, lookUpScimUser, scimUserPages } from './calls.js';
import { type GroupIds, idsOfGroups, idsToldByRest } from './group-ids.js';
import { scimUserOf, showsOneGroup, toFoundScimUser } from './resource.js';

/** Parts that finding users over SCIM needs. */
export interface ScimFinding {
  /** REST's index of pending users, where REST may be used. */
  readonly pending: PendingUsers | undefined;
  /** Operations that met an address that was invited before and belongs to no user now. */
  readonly formerInvitations: WeakSet<OperationContext>;
  readonly settings: UserListingSettings;
}

/**
 * Finds a user by uid, address or employee id. SCIM sees no pending user. REST does, and it also resolves an address
 * that SCIM refuses to look up. A user that only REST finds is pending.
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

function searchingListings(key: ObjectKey): ObjectKey {
  return { alsoSearchListings: new Set([key.value]), ...key };
}

/** SCIM shows no user of this id. Without REST only the last known address can show whether the user is gone. */
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
    const isPerhapsPending = key.attribute === '__UID__' || key.alsoSearchListings !== undefined;
    const found = isPerhapsPending ? await findOverRest(key, finding, session) : undefined;
    return found === undefined && key.nameTaken === true ? findInList(key.value, finding, session) : found;
  }
  if (finding.pending === undefined) throw nobodyKnows(key);
  const found = await findOverRest(searchingListings(key), finding, session).catch((thrown: unknown) => {
    throw nobodyKnows(key, thrown);
  });
  if (found === undefined) finding.formerInvitations.add(session.context);
  return found;
}

/** Without REST the list of SCIM is all there is, where its look-up misses a user. */
async function findInList(
  address: string,
  { pending, settings }: ScimFinding,
  session: Session,
): Promise<FoundObject | undefined> {
  if (pending !== undefined) return undefined;
  for await (const row of settings.lists.distinct(scimUserPages, session)) {
    if (textAt(row, 'userName')?.toLowerCase() === address.toLowerCase())
      return toFoundScimUser('scimList', row);
  }
  return undefined;
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
  // A taken name is explained by whoever has it, over either API.
  if (shown === undefined && key.nameTaken === true) return user;
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

/** The error for an address that is taken although SCIM shows no such user, when REST cannot be asked. */
export const nameTakenUnseen = {
  message:
    'The address is taken by nobody whom SCIM shows: it is pending here, or belongs to a foreign Zoom account.',
  hint: moreRemedies,
} as const;

/** Another failure than a refusal leaves the question open, too, but is its own explanation. */
function nobodyKnows({ beforeCreate }: ObjectKey, thrown?: unknown): unknown {
  const denied = thrown instanceof ConnectorError && thrown.kind === 'permissionDenied';
  if (thrown !== undefined && !denied) return thrown;
  const message =
    'SCIM does not tell who has this address: it is pending here, was invited before, or belongs to another account.';
  return new ConnectorError(beforeCreate === true ? 'alreadyExists' : 'preconditionFailed', message, {
    hint: beforeCreate === true ? moreRemedies : remedies,
    ...(denied && { cause: thrown }),
  });
}

/** The error when one of Zoom's APIs shows a user whom the other one does not know. */
export function outOfStep(shows: string, hides: string): ConnectorError {
  return new ConnectorError('connectorIO', `Zoom shows the user over ${shows}, but not over ${hides}.`, {
    hint:
      'Zoom may need a moment after a change of the user; repeat the operation. If that does not help, check that ' +
      'service.serviceUrl and service.scimUrl belong together.',
  });
}

/** Parts that completing a user needs. */
export interface Completing {
  readonly groups: GroupIds;
  readonly sites: Sites;
  readonly phones: PhoneIndex;
  /** True if REST may be used. */
  readonly fallback: boolean;
}

/**
 * Adds the records of further sources to a user. Over REST it reads only the sources asked for, and none for a pending
 * user, who was found there.
 * @returns `undefined` when the user has gone in the meantime.
 */
export async function completeScimUser(
  found: FoundObject,
  sources: ReadonlySet<string>,
  { fallback, groups, phones, sites }: Completing,
  session: Session,
): Promise<FoundObject | undefined> {
  const withPhone = phoneReader(sources, { sites, index: phones }, session);
  if (scimUserOf(found) === undefined) return withPhone(found, true);
  const shown = await withResource(found, sources, session);
  const wantsGroups = sources.has('scimGroups');
  const wantsRest =
    sources.has('user') || (wantsGroups && fallback && showsOneGroup(scimUserOf(shown ?? found)));
  const told = shown !== undefined && wantsRest ? await withRest(shown, session) : shown;
  if (told === undefined) return undefined;
  return withPhone(wantsGroups ? await withGroups(told, groups, session) : told, false);
}

/**
 * The user with the record of REST.
 * @returns `undefined` when the user has gone in the meantime.
 * @throws ConnectorError `connectorIO` when SCIM goes on showing a user that REST does not know: REST-only attributes
 * would be missing silently.
 */
async function withRest(user: FoundObject, session: Session): Promise<FoundObject | undefined> {
  if (user.records.has('user')) return user;
  const told = await readUser(user.uid, session);
  if (typeof told === 'object') return { ...user, records: new Map([...user.records, ...told.records]) };
  if ((await readScimUser(user.uid, session)) === undefined) return undefined;
  throw outOfStep('SCIM', 'REST');
}

/** The user with the ids of its groups. The one group that SCIM shows may be one of several; REST returns them all. */
async function withGroups(user: FoundObject, groups: GroupIds, session: Session): Promise<FoundObject> {
  const shown = scimUserOf(user);
  const rest = showsOneGroup(shown) ? idsToldByRest(user.records.get('user')) : undefined;
  const ids = rest ?? (await idsOfGroups(user, groups, session));
  return { ...user, records: new Map([...user.records, ['scimGroups', ids]]) };
}

/** Only the single user shows groups, too. */
async function withResource(
  found: FoundObject,
  sources: ReadonlySet<string>,
  session: Session,
): Promise<FoundObject | undefined> {
  const isWanted = sources.has('scimUser') || sources.has('scimGroups');
  if (!isWanted || found.records.has('scimUser')) return found;
  const read = await readScimUser(found.uid, session);
  return read && { ...read, records: new Map([...found.records, ...read.records]) };
}
