import { changeTo, type ResolvedChange } from '../../../connid/delta.js';
import type { FoundObject } from '../../../connector/object-class/object-class.js';
import type { Reader } from '../../../connector/object-class/reading.js';
import type { UserAttribute } from '../../user/attributes.js';
import { scimUserBindings } from '../../user/scim/bindings.js';
import { scimUserOf } from '../../user/scim/resource.js';
import type { ScimUserTables } from '../../user/scim/tables.js';

/**
 * What REST has to write again after the resource of a user was replaced, because SCIM carries less of it: contact
 * numbers have no country there.
 * @returns no changes where REST may not be used.
 */
export function coarsenedChanges(
  found: FoundObject,
  { bindings, coarsened }: ScimUserTables,
): readonly ResolvedChange[] {
  const [user, rest] = [scimUserOf(found), found.records.get('user')];
  if (user === undefined || rest === undefined) return [];
  return coarsened.flatMap((attribute) => {
    const told = bindings[attribute]?.read?.['user']?.(rest) ?? [];
    const after = found.written?.over(attribute, told) ?? told;
    const carried = scimReader(attribute)?.(user) ?? [];
    const isTheSame = after.length === carried.length && after.every((value) => carried.includes(value));
    return isTheSame ? [] : [changeTo(attribute, after)];
  });
}

function scimReader(attribute: UserAttribute): Reader | undefined {
  const row = scimUserBindings[attribute];
  return row === 'rest' ? undefined : row.read?.scimUser;
}
