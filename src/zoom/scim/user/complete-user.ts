import type { FoundObject } from '../../../connector/object-class.js';
import type { Session } from '../../../connector/session.js';
import { readUser } from '../../user/find-user.js';
import type { PhoneIndex } from '../../user/phone/phone-index.js';
import { phoneReader } from '../../user/phone/read-phone.js';
import type { Sites } from '../../user/phone/sites.js';
import { readScimUser } from './find-user.js';
import { type GroupIds, idsOfGroups } from './group-ids.js';
import { scimUserOf } from './resource.js';

/** What completing a user depends on. */
export interface Completing {
  readonly groups: GroupIds;
  readonly sites: Sites;
  readonly phones: PhoneIndex;
}

/**
 * Adds to a user what the sources tell beyond what was found. Over REST only what is asked for is read, and nothing of
 * a pending user, who was found there.
 * @returns `undefined` when the user is gone meanwhile.
 */
export async function completeScimUser(
  found: FoundObject,
  sources: ReadonlySet<string>,
  { groups, phones, sites }: Completing,
  session: Session,
): Promise<FoundObject | undefined> {
  const withPhone = phoneReader(sources, { sites, index: phones }, session);
  if (scimUserOf(found) === undefined) return withPhone(found, true);
  const user = await withResource(found, sources, session);
  if (user === undefined) return undefined;
  const added = new Map<string, unknown>();
  if (sources.has('scimGroups')) {
    added.set('scimGroups', await idsOfGroups(scimUserOf(user)?.groups ?? [], groups, session));
  }
  if (sources.has('user') && !user.records.has('user')) {
    const told = await readUser(user.uid, session);
    if (typeof told === 'object') added.set('user', told.records.get('user'));
  }
  return withPhone({ ...user, records: new Map([...user.records, ...added]) }, false);
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
