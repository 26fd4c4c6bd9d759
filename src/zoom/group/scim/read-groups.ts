import type { Session } from '../../../connector/object-class/call.js';
import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { Listing } from '../../../connector/object-class/listing.js';
import type { ObjectKey, Readable } from '../../../connector/object-class/readable.js';
import type { ReadingTable } from '../../../connector/object-class/reading.js';
import type { ReadBack } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { isId } from '../../kit/forms.js';
import { asObject, textAt } from '../../kit/json.js';
import { type Lists, uncountedLists } from '../../kit/paged-list.js';
import { readEach, unlessUnknown } from '../../kit/reads.js';
import { RowsListing } from '../../kit/row-listing.js';
import { getScimUser } from '../../user/scim/calls.js';
import { namesOf, scimUser, showsOneGroup } from '../../user/scim/resource.js';
import { getGroup } from '../calls.js';
import { groupListing } from '../group-view.js';
import { groupList, type NewGroups, toFoundGroup, type Wanted, withLists } from '../read-groups.js';
import { findScimGroupNamed, getScimGroup, scimGroupPages } from './calls.js';

/** The parts of reading groups over SCIM. */
interface ScimGroupReadParts {
  readonly table: ReadingTable;
  readonly lists: Lists;
  readonly newGroups: NewGroups;
}

/** The reads of `ZoomGroup` over SCIM. Records that SCIM does not have are read over REST. */
export function scimGroupReads({ lists, newGroups, table }: ScimGroupReadParts): Readable {
  const rowLists = [groupList(scimGroupPages, 'displayName')];
  const complete: Listing['complete'] = (row, sources, session) =>
    withRestRecords(row, { sources, lists }, session);
  return {
    ...groupListing,
    table,
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__' }],
    find: async (key, sources, session) =>
      newGroups.find(key, session) ?? findScimGroup(key, { sources, lists }, session),
    openListing: (_query, state) => new RowsListing({ rowLists, lists, complete }, state),
  };
}

/** Finds a group by id or by name. A uid that is no Zoom id finds nothing; no call is made. */
async function findScimGroup(
  key: ObjectKey,
  wanted: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  const resource =
    key.attribute === '__UID__'
      ? await readGroup(key.value, session)
      : await findScimGroupNamed(key.value, listToSearch(key, wanted.lists), session);
  return resource === undefined
    ? undefined
    : withRestRecords(toFoundGroup(resource, 'displayName'), wanted, session);
}

/** Zoom's documentation does not say whether the filter on names ignores case, so names with case are searched, too. */
function listToSearch({ alsoSearchListings, nameTaken, value }: ObjectKey, lists: Lists): Lists | undefined {
  if (nameTaken === true) return lists;
  const hasCase = value.toLowerCase() !== value.toUpperCase();
  return alsoSearchListings !== undefined && hasCase ? uncountedLists : undefined;
}

async function readGroup(id: string, session: Session): Promise<unknown> {
  return isId(id) ? unlessUnknown(session.send(getScimGroup(id))) : undefined;
}

/**
 * Adds the records that only REST has of a group, if they are among the sources.
 * @returns `undefined` when the group has been deleted since.
 * @throws ConnectorError `connectorIO` when SCIM still shows a group that REST does not know. Left out of the result,
 * the group would count as deleted.
 */
async function withRestRecords(
  found: FoundObject,
  wanted: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  const counted = await withRestGroup(found, wanted, session);
  const complete = counted && (await withLists(counted, wanted, session));
  if (complete !== undefined || (await readGroup(found.uid, session)) === undefined) return complete;
  throw new ConnectorError('connectorIO', "Zoom's REST API does not know a group that its SCIM API shows.", {
    hint: 'Repeat the operation. If that does not help, check that service.serviceUrl and service.scimUrl belong together.',
  });
}

async function withRestGroup(
  found: FoundObject,
  { sources }: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  if (!sources.has('restGroup')) return found;
  const group = await unlessUnknown(session.send(getGroup(found.uid)));
  return group === undefined
    ? undefined
    : { ...found, records: new Map([...found.records, ['restGroup', group]]) };
}

/** Reads back members from their own records: SCIM lists no members, but a user contains one or all of its groups. */
export function scimGroupReadBack({ attribute }: ResolvedChange): ReadBack | undefined {
  return attribute === 'MEMBER_IDS' ? membersByThemselves : undefined;
}

const membersByThemselves: ReadBack = async (uid, { added, removed }, session) => {
  const name = textAt(await session.send(getScimGroup(uid)), 'displayName');
  if (name === undefined) return undefined;
  const ids = [...added, ...removed].map(String);
  const why = 'see whether SCIM shows the user';
  const users = await readEach(ids, (id) => unlessUnknown(session.send(getScimUser(id, why))));
  const concerned = ids.map((id) => {
    const user = scimUser(asObject(users.get(id)));
    return { id, user, isMember: namesOf(user, 'groups').includes(name) };
  });
  const others = concerned.filter(({ isMember }) => !isMember);
  // A user with one group may be in others, too: Zoom may show only one of several.
  if (others.some(({ user }) => showsOneGroup(user))) return undefined;
  return concerned.filter(({ isMember }) => isMember).map(({ id }) => id);
};
