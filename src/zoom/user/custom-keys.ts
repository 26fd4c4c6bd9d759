import type { ResolvedChange } from '../../connid/delta.js';
import type { Session } from '../../connector/session.js';
import { type Catalogue, createCatalogue } from '../kit/catalogue.js';
import { asList, at, type Json, textAt } from '../kit/json.js';
import { walkPages } from '../kit/paged-list.js';
import { listUsers } from './calls.js';
import type { CustomAttribute } from './custom-attributes.js';

/** Keys of custom attributes by their names in Zoom. */
export type CustomKeys = Catalogue<Json>;

/**
 * Zoom offers no list of the custom attributes that are defined, so their keys are learnt from users who have values:
 * one page of the list of active users.
 * @param pageSize - rows asked of Zoom.
 * @param now - milliseconds, for the age of what is known.
 */
export function createCustomKeys(pageSize: number, now: () => number): CustomKeys {
  return createCatalogue((session) => readKeys(pageSize, session), now);
}

async function readKeys(pageSize: number, session: Session): Promise<Json> {
  const call = listUsers({ status: 'active', page_size: pageSize, include_fields: 'custom_attributes' });
  const page = () => ({ ...call, why: 'learn the keys of custom attributes' });
  for await (const rows of walkPages({ rows: 'users', page }, session)) {
    return Object.fromEntries(rows.flatMap(keysOf));
  }
  return {};
}

/** Names and keys of the custom attributes in the record of a user. */
function keysOf(record: unknown): readonly (readonly [string, string])[] {
  return asList(at(record, 'custom_attributes')).flatMap((entry) => {
    const name = textAt(entry, 'name');
    const key = textAt(entry, 'key');
    return name === undefined || key === undefined ? [] : [[name, key] as const];
  });
}

/** The names of changed custom attributes whose key the user's own record does not tell. */
export function namesWithoutKey(
  changes: readonly ResolvedChange[],
  custom: readonly CustomAttribute[],
  record: unknown,
): readonly string[] {
  const known = new Map(keysOf(record));
  return custom
    .filter(
      ({ attribute, name }) => changes.some((change) => change.attribute === attribute) && !known.has(name),
    )
    .map(({ name }) => name);
}
