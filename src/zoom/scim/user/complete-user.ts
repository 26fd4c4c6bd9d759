import type { FoundObject } from '../../../connector/object-class/object-class.js';
import type { Session } from '../../../connector/session.js';
import { readUser } from '../../user/find-user.js';
import type { PhoneIndex } from '../../user/phone/phone-index.js';
import { phoneReader } from '../../user/phone/read-phone.js';
import type { Sites } from '../../user/phone/sites.js';
import { outOfStep, readScimUser } from '../../user/scim/find-user.js';
import { type GroupIds, idsOfGroups, idsToldByRest } from '../../user/scim/group-ids.js';
import { scimUserOf, showsOneGroup } from '../../user/scim/resource.js';

/** What completing a user depends on. */
export interface Completing {
  readonly groups: GroupIds;
  readonly sites: Sites;
  readonly phones: PhoneIndex;
  /** Whether REST may be used. */
  readonly fallback: boolean;
}

/**
 * Adds to a user what the sources tell beyond what was found. Over REST only what is asked for is read, and nothing of
 * a pending user, who was found there.
 * @returns `undefined` when the user is gone meanwhile.
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
 * @returns `undefined` when the user is gone meanwhile.
 * @throws ConnectorError `connectorIO` when SCIM goes on showing a user that REST does not know: what only REST tells
 * would be missing without a word.
 */
async function withRest(user: FoundObject, session: Session): Promise<FoundObject | undefined> {
  if (user.records.has('user')) return user;
  const told = await readUser(user.uid, session);
  if (typeof told === 'object') return { ...user, records: new Map([...user.records, ...told.records]) };
  if ((await readScimUser(user.uid, session)) === undefined) return undefined;
  throw outOfStep('SCIM', 'REST');
}

/** The user with the ids of its groups. The one group that SCIM shows may be one of several, and REST tells them all. */
async function withGroups(user: FoundObject, groups: GroupIds, session: Session): Promise<FoundObject> {
  const shown = scimUserOf(user);
  const rest = showsOneGroup(shown) ? idsToldByRest(user.records.get('user')) : undefined;
  const ids = rest ?? (await idsOfGroups(shown?.groups ?? [], groups, session));
  return { ...user, records: new Map([...user.records, ['scimGroups', ids]]) };
}

/** Groups, too, are told by the single user only. */
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
