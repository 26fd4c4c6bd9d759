import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject, ObjectKey } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import { isId } from '../forms.js';
import { textAt } from '../json.js';
import { distinctRows } from '../listing.js';
import type { RowList } from '../rows-listing.js';
import { adminPages, findGroupNamed, getGroup, groupPages, memberPages } from './calls.js';

/** Further lists of a group, by source. */
const extraSources: Readonly<Record<string, (groupId: string) => typeof groupPages>> = {
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
  return row === undefined ? undefined : withLists(toFoundGroup(row), { sources, verifyTotals }, session);
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

/** What was read; `undefined` when Zoom does not know the object. */
export async function unlessUnknown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'unknownUid') return undefined;
    throw thrown;
  }
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

/** A group from its row. */
export function toFoundGroup(row: unknown): FoundObject {
  const uid = textAt(row, 'id');
  const name = textAt(row, 'name');
  if (uid === undefined || name === undefined) {
    throw new ConnectorError('connectorIO', 'Zoom answered a group without id or name.');
  }
  return { uid, name, records: new Map([['group', row]]) };
}

/** The list of groups. */
export const groupList: RowList = {
  pages: groupPages,
  identify: (row) => ({ key: textAt(row, 'id') ?? '' }),
  toFound: toFoundGroup,
};
