import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { Session } from '../../../connector/object-class/call.js';
import { ConnectorError, toConnectorError } from '../../../connid/errors.js';
import { type Catalogue, createCatalogue } from '../../kit/catalogue.js';
import { read, textAt } from '../../kit/json.js';
import type { Lists } from '../../kit/paged-list.js';
import { scimEndpoints, scimPages } from '../../kit/scim.js';
import { idFault } from '../../kit/row-faults.js';
import { namesOf, scimUserOf, showsOneGroup } from './resource.js';

/** A name may be given to another group, so names are not believed for long. */
const lifeMs = 60_000;

/** The groups of the account: ids by name. */
export type GroupIds = Catalogue<ReadonlyMap<string, string>>;

/** @param now - milliseconds, for the age of what is known. */
export function createGroupIds(lists: Lists, now: () => number): GroupIds {
  const pages = scimPages(
    scimEndpoints.listScimGroups,
    idFault,
    "list the groups, for a user's groups are told by name",
  );
  return createCatalogue(
    async (session) => {
      const ids = new Map<string, string>();
      for await (const row of lists.distinct(pages, session)) {
        const [id, name] = [textAt(row, 'id'), textAt(row, 'displayName')];
        if (id !== undefined && name !== undefined) ids.set(name, id);
      }
      return ids;
    },
    now,
    lifeMs,
  );
}

/**
 * The ids of groups that a user's resource names.
 * @throws ConnectorError `connectorIO` for a name that no group has, and for anything else than names: then the user's
 * groups are not known.
 */
export async function idsOfGroups(
  found: FoundObject,
  groups: GroupIds,
  session: Session,
): Promise<readonly string[]> {
  const names = namesOfGroups(found);
  if (names.length === 0) return [];
  const ids = await groups.get(session, (known) => names.every((name) => known.has(name)));
  return names.map((name) => {
    const id = ids.get(name);
    if (id !== undefined) return id;
    throw new ConnectorError('connectorIO', 'Zoom names a group of the user that is in no list of groups.', {
      hint: 'A group may have been renamed a moment ago; repeat the operation.',
    });
  });
}

function namesOfGroups(found: FoundObject): readonly string[] {
  const user = scimUserOf(found);
  try {
    return user === undefined ? [] : namesOf(user, 'groups');
  } catch (thrown) {
    const { details, kind, message } = toConnectorError(thrown);
    throw new ConnectorError(
      kind,
      `GROUP_IDS of the ZoomUser ${found.uid} cannot be read. ${message}`,
      details,
    );
  }
}

/** The ids of a user's groups as the record of REST has them; `undefined` without one. */
export function idsToldByRest(record: unknown): readonly string[] | undefined {
  return record === undefined ? undefined : (read.textList('group_ids')(record) ?? []).map(String);
}

/** The groups that a replacement carries: by name, as the resource has them, or none because they are not known. */
export type CarriedGroups = readonly string[] | 'told' | 'unknown';

/**
 * The groups that a replacement of a user must carry. The resource may be out of date, because the user was added or
 * removed a moment ago, or may show one group of several.
 */
export async function groupsToCarry(
  found: FoundObject,
  groups: GroupIds,
  session: Session,
): Promise<CarriedGroups> {
  const user = scimUserOf(found);
  const isPartial = showsOneGroup(user);
  const rest = isPartial ? idsToldByRest(found.records.get('user')) : undefined;
  if (isPartial && rest === undefined) return 'unknown';
  const { written } = found;
  const nothing: readonly string[] = [];
  const isRecent = written !== undefined && written.over('GROUP_IDS', nothing) !== nothing;
  if (rest === undefined && !isRecent) return 'told';
  const told = rest ?? (await idsOfGroups(found, groups, session));
  const ids = new Set((written?.over('GROUP_IDS', told) ?? told).map(String));
  const known = await groups.get(session, (names) => {
    const listed = new Set(names.values());
    return [...ids].every((id) => listed.has(id));
  });
  return [...known].filter(([, id]) => ids.has(id)).map(([name]) => name);
}
