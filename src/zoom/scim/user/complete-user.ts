import type { FoundObject } from '../../../connector/object-class.js';
import type { Session } from '../../../connector/session.js';
import { readUser } from '../../user/find-user.js';
import type { PhoneIndex } from '../../user/phone/phone-index.js';
import { phoneReader } from '../../user/phone/read-phone.js';
import type { Sites } from '../../user/phone/sites.js';
import { readScimUser } from './find-user.js';
import { type GroupIds, idsOfGroups, idsToldByRest } from './group-ids.js';
import { scimUserOf, showsOneGroup } from './resource.js';

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
  const user = await withResource(found, sources, session);
  if (user === undefined) return undefined;
  const added = new Map<string, unknown>();
  // The one group that is shown may be one of several, and REST tells them all.
  const asksForGroups = sources.has('scimGroups') && fallback && showsOneGroup(scimUserOf(user));
  const rest = sources.has('user') || asksForGroups ? await restRecord(user, session) : undefined;
  if (rest !== undefined) added.set('user', rest);
  if (sources.has('scimGroups')) {
    const told = asksForGroups ? idsToldByRest(rest) : undefined;
    added.set('scimGroups', told ?? (await idsOfUser(user, groups, session)));
  }
  return withPhone({ ...user, records: new Map([...user.records, ...added]) }, false);
}

function idsOfUser(user: FoundObject, groups: GroupIds, session: Session): Promise<readonly string[]> {
  return idsOfGroups(scimUserOf(user)?.groups ?? [], groups, session);
}

async function restRecord({ records, uid }: FoundObject, session: Session): Promise<unknown> {
  if (records.has('user')) return records.get('user');
  const told = await readUser(uid, session);
  return typeof told === 'object' ? told.records.get('user') : undefined;
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
