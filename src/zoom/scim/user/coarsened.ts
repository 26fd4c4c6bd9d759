import type { ResolvedChange } from '../../../connid/delta.js';
import type { FoundObject } from '../../../connector/object-class.js';
import type { Reader } from '../../../connector/reading.js';
import type { UserAttribute } from '../../user/attributes.js';
import { scimUserBindings } from './bindings.js';
import { scimUserOf } from './resource.js';
import type { ScimUserTables } from './tables.js';

/**
 * What REST has to write again after the resource of a user was replaced, because SCIM carries less of it: contact
 * numbers have no country there.
 * @returns the changes by attribute; none where REST may not be used.
 */
export function coarsenedChanges(
  found: FoundObject,
  { bindings, coarsened }: ScimUserTables,
): ReadonlyMap<string, ResolvedChange> {
  const [user, rest] = [scimUserOf(found), found.records.get('user')];
  if (user === undefined || rest === undefined) return new Map();
  const changes = coarsened.flatMap((attribute): [string, ResolvedChange][] => {
    const told = bindings[attribute]?.read?.['user']?.(rest) ?? [];
    const after = found.written?.over(attribute, told) ?? told;
    const carried = scimReader(attribute)?.(user) ?? [];
    if (after.length === carried.length && after.every((value) => carried.includes(value))) return [];
    return [[attribute, { attribute, before: undefined, after, added: [], removed: [], wanted: after }]];
  });
  return new Map(changes);
}

function scimReader(attribute: UserAttribute): Reader | undefined {
  const row = scimUserBindings[attribute];
  return row === 'rest' ? undefined : row.read?.scimUser;
}
