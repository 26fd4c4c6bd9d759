import type { Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { SideEffect } from '../../../connector/plan.js';
import { displacedMembers } from './replacement.js';
import type { ScimUserTables } from './tables.js';

/** Licences that the user has and that go because of others that are given. */
export function displacements(
  changes: readonly ResolvedChange[],
  present: Attributes,
  tables: ScimUserTables,
): readonly SideEffect[] {
  const given = new Map(changes.map(({ after, attribute }) => [attribute, after]));
  const displaced = displacedMembers(given, tables);
  return Object.entries(tables.fields).flatMap(([attribute, { path }]): SideEffect[] => {
    const isHeld = (present.get(attribute) ?? []).length > 0;
    return isHeld && displaced.has(path[1] ?? '') ? [{ attribute, values: [] }] : [];
  });
}
