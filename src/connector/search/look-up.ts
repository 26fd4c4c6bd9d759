import pMap from 'p-map';
import { type Filter, filterAttributes } from '../../connid/filter.js';
import type { ObjectClass, ObjectKey } from '../object-class.js';
import { planFetch } from '../reading.js';
import type { Session } from '../session.js';
import { type ReadMatch, type Selection, toMatch, wantedAttributes } from './match.js';
import type { Lookup } from './push-down.js';

/**
 * Reads one object with the selected attributes.
 * @returns `undefined` when it is not there or does not pass the filter.
 */
export async function readOne(
  objectClass: ObjectClass,
  key: ObjectKey,
  selection: Selection,
  session: Session,
): Promise<ReadMatch | undefined> {
  const sources = planFetch(objectClass.reading, wantedAttributes(selection), 'single');
  const found = await objectClass.find(key, sources, session);
  return found === undefined ? undefined : toMatch(objectClass, found, selection);
}

/** How a search is answered by single reads. */
export interface LookupPlan {
  readonly objectClass: ObjectClass;
  readonly lookups: readonly Lookup[];
  /** What is wanted of each object; the filter is that of the look-up. */
  readonly selection: Omit<Selection, 'filter'>;
  readonly concurrency: number;
}

/** Every object that a look-up finds, each once, in the order of the look-ups. */
export async function readLookups(
  { concurrency, lookups, objectClass, selection }: LookupPlan,
  session: Session,
): Promise<readonly ReadMatch[]> {
  const matches = await pMap(
    lookups,
    ({ key, residual }) => readOne(objectClass, key, { ...selection, filter: residual }, session),
    { concurrency },
  );
  const found = matches.filter((match) => match !== undefined);
  session.context.trace.scanned += found.length;
  return [...new Map(found.map((match) => [match.mark, match])).values()];
}

/** Names of the attributes that are looked up. */
export function lookedUp(lookups: readonly Lookup[]): readonly string[] {
  return [...new Set(lookups.map(({ key }) => key.attribute))];
}

/** Names of the attributes on which the objects found are filtered here. */
export function lookupResidual(lookups: readonly Lookup[]): readonly string[] {
  const filters = lookups
    .map(({ residual }) => residual)
    .filter((filter): filter is Filter => filter !== undefined);
  return [...new Set(filters.flatMap((filter) => [...filterAttributes(filter)]))];
}
