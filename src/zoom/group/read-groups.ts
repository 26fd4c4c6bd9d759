import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject, ObjectKey } from '../../connector/object-class/object-class.js';
import type { Session } from '../../connector/session.js';
import { isId } from '../kit/forms.js';
import { textAt } from '../kit/json.js';
import { distinctRows, type RowListing } from '../kit/paged-list.js';
import { unlessUnknown } from '../kit/reads.js';
import type { RowList } from '../kit/row-listing.js';
import { adminPages, findGroupNamed, getGroup, memberPages } from './calls.js';

/** Further lists of a group, by source. */
const extraSources: Readonly<Record<string, (groupId: string) => RowListing>> = {
  members: memberPages,
  admins: adminPages,
};

/** What to read of a group beyond its row. */
export interface Wanted {
  readonly sources: ReadonlySet<string>;
  /** Whether listings are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
}

/** Finds a group by id, or by name by looking through the list. What is no id is nobody, and no call is made. */
export async function findGroup(
  key: ObjectKey,
  { sources, verifyTotals }: Wanted,
  session: Session,
): Promise<FoundObject | undefined> {
  const row =
    key.attribute === '__UID__'
      ? await readGroup(key.value, session)
      : await findGroupNamed(key.value, verifyTotals, session);
  return row === undefined
    ? undefined
    : withLists(toFoundGroup(row, 'name'), { sources, verifyTotals }, session);
}

async function readGroup(id: string, session: Session): Promise<unknown> {
  return isId(id) ? unlessUnknown(session.send(getGroup(id))) : undefined;
}

/**
 * Reads those further lists of a group that are among the sources.
 * @returns `undefined` when the group is gone meanwhile.
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
  { sources, verifyTotals }: Wanted,
  session: Session,
): Promise<FoundObject> {
  const records = new Map(found.records);
  for (const [source, pages] of Object.entries(extraSources)) {
    if (!sources.has(source)) continue;
    records.set(source, await collect(distinctRows(pages(found.uid), verifyTotals, session)));
  }
  return { ...found, records };
}

async function collect<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

/** The member that holds a group's name: Zoom's APIs call it differently. */
export type NameField = 'name' | 'displayName';

/** A group from its row. */
export function toFoundGroup(row: unknown, nameField: NameField): FoundObject {
  const uid = textAt(row, 'id');
  const name = textAt(row, nameField);
  if (uid === undefined || name === undefined) {
    throw new ConnectorError('connectorIO', `Zoom answered a group without id or ${nameField}.`);
  }
  return { uid, name, records: new Map([['group', row]]) };
}

/** The list of groups, in the pages of one of Zoom's APIs. */
export function groupList(pages: RowListing, nameField: NameField): RowList {
  return {
    pages,
    identify: (row) => ({ key: textAt(row, 'id') ?? '' }),
    toFound: (row) => toFoundGroup(row, nameField),
  };
}
