import type { OperationContext } from '../../connector/context.js';
import { type Call, placeholderUid, type Session } from '../../connector/object-class/call.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Listing } from '../../connector/object-class/listing.js';
import type { ObjectKey, Readable } from '../../connector/object-class/readable.js';
import { ConnectorError } from '../../connid/errors.js';
import { isId } from '../kit/forms.js';
import { checkRecord, idFault } from '../kit/row-faults.js';
import { asObject, at, textAt } from '../kit/json.js';
import type { PagedList, Lists } from '../kit/paged-list.js';
import { unlessUnknown } from '../kit/reads.js';
import { type RowList, RowsListing } from '../kit/row-listing.js';
import { readersOf } from '../kit/binding.js';
import { groupBindings, groupSources } from './bindings.js';
import { adminPages, findGroupNamed, getGroup, groupPages, memberPages } from './calls.js';
import { groupListing } from './group-view.js';

/** Further lists of a group, by source. */
const extraSources: Readonly<Record<string, (groupId: string) => PagedList>> = {
  members: memberPages,
  admins: adminPages,
};

/** The sources to read of a group beyond its row. */
export interface Wanted {
  readonly sources: ReadonlySet<string>;
  readonly lists: Lists;
}

/** The reads of `ZoomGroup`. They look a name up in the list. */
export function groupReads(lists: Lists, newGroups: NewGroups): Readable {
  const complete: Listing['complete'] = (row, sources, session) =>
    withLists(row, { sources, lists }, session);
  return {
    ...groupListing,
    table: { sources: groupSources, readers: readersOf(groupBindings) },
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__', costsListing: true }],
    find: async (key, sources, session) =>
      newGroups.find(key, session) ?? findGroup(key, { sources, lists }, session),
    openListing: (_query, state) =>
      new RowsListing({ rowLists: [groupList(groupPages, 'name')], lists, complete }, state),
  };
}

/** Finds a group by id, or by name in the list. A uid that is no Zoom id finds nothing; no call is made. */
async function findGroup(
  key: ObjectKey,
  { sources, lists }: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  const row =
    key.attribute === '__UID__'
      ? await readGroup(key.value, session)
      : await findGroupNamed(key.value, lists, session);
  return row === undefined ? undefined : withLists(toFoundGroup(row, 'name'), { sources, lists }, session);
}

async function readGroup(id: string, session: Session): Promise<unknown> {
  return isId(id) ? unlessUnknown(session.send(getGroup(id))) : undefined;
}

/**
 * Adds the lists of members and administrators to a group, if they are among the sources.
 * @returns `undefined` when the group has been deleted since.
 */
export async function withLists(
  found: FoundObject,
  wanted: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  return unlessUnknown(readLists(found, wanted, session));
}

async function readLists(
  found: FoundObject,
  { sources, lists }: Wanted,
  session: Session,
): Promise<FoundObject> {
  const records = new Map(found.records);
  for (const [source, pages] of Object.entries(extraSources)) {
    if (!sources.has(source)) continue;
    records.set(source, await collect(lists.distinct(pages(found.uid), session)));
  }
  return { ...found, records };
}

async function collect<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

/** The JSON member with a group's name: `name` over REST, `displayName` over SCIM. */
type NameField = 'name' | 'displayName';

/** A group from its row. */
export function toFoundGroup(row: unknown, nameField: NameField): FoundObject {
  checkRecord(asObject(row), idFault, 'A group');
  const [uid = '', name] = [textAt(row, 'id'), textAt(row, nameField)];
  if (name === undefined) {
    throw new ConnectorError('connectorIO', `Zoom returned a group without ${nameField}.`);
  }
  return { uid, name, records: new Map([['group', row]]) };
}

/** The list of groups, in the pages of one of Zoom's APIs. */
export function groupList(pages: PagedList, nameField: NameField): RowList {
  return {
    pages,
    identify: (row) => ({ key: textAt(row, 'id') ?? '' }),
    toFound: (row) => toFoundGroup(row, nameField),
  };
}

/** Remembers the group that an operation made, until the operation ends. The group has no members yet. */
export interface NewGroups {
  /** Wraps the call that makes a group of that name, to remember the new group. */
  create(name: string, call: Call): Call;
  /** @returns the group with empty lists, if this operation made it, or would make it (in a dry run). */
  find(key: ObjectKey, session: Session): FoundObject | undefined;
}

/** Makes a memory of new groups. It saves reading the empty lists of a group that was just made. */
export function createNewGroups(nameField: NameField): NewGroups {
  const made = new WeakMap<OperationContext, FoundObject>();
  const empty = (row: unknown): FoundObject => {
    const group = toFoundGroup(row, nameField);
    return { ...group, records: new Map([...group.records, ['members', []], ['admins', []]]) };
  };
  return {
    create: (name, call) => {
      const { isOurs, watched } = watchLooks(call);
      return {
        ...watched,
        expect: (answer, { context }) => {
          const isEmpty = isOurs() || at(answer, 'total_members') === 0;
          if (!isEmpty || textAt(answer, 'id') === undefined) return;
          made.set(context, empty({ [nameField]: name, ...asObject(answer) }));
        },
      };
    },
    find: ({ nameHint: name, value }, { context }) => {
      if (value === placeholderUid && name !== undefined) return empty({ id: value, [nameField]: name });
      const group = made.get(context);
      return group?.uid === value ? group : undefined;
    },
  };
}

/** Notes whether the call looked for a lost group: another client may have made and filled the group it found. */
function watchLooks(call: Call): { readonly watched: Call; readonly isOurs: () => boolean } {
  const { lookFirst } = call;
  let looked = false;
  const look = (session: Session): Promise<unknown> => {
    looked = true;
    return lookFirst?.(session) ?? Promise.resolve(undefined);
  };
  return { watched: { ...call, ...(lookFirst !== undefined && { lookFirst: look }) }, isOurs: () => !looked };
}
