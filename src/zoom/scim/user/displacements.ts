import type { Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { SideEffect } from '../../../connector/plan.js';
import type { ScimUserTables } from './tables.js';

/** Licences that the user has and that go because of others that are given. */
export function displacements(
  changes: readonly ResolvedChange[],
  present: Attributes,
  { fields }: ScimUserTables,
): readonly SideEffect[] {
  const displaced = new Set(
    changes.flatMap(({ after, attribute }) => (after.length > 0 ? (fields[attribute]?.displaces ?? []) : [])),
  );
  return Object.entries(fields).flatMap(([attribute, { path }]): SideEffect[] => {
    const isHeld = (present.get(attribute) ?? []).length > 0;
    return isHeld && displaced.has(path[1] ?? '') ? [{ attribute, values: [] }] : [];
  });
}
