import pMap from 'p-map';
import { filterAttributes } from '../../connid/filter.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { ObjectKey } from '../object-class/readable.js';
import { planFetch } from '../object-class/reading.js';
import type { Session } from '../object-class/call.js';
import { type ReadMatch, type Selection, selection, toMatch } from './match.js';
import type { Lookup } from './push-down.js';

/**
 * Reads one object with the selected attributes.
 * @returns `undefined` when it does not exist or does not pass the filter.
 */
export async function readOne(
  objectClass: ObjectClass,
  key: ObjectKey,
  selected: Selection,
  session: Session,
): Promise<ReadMatch | undefined> {
  const { read } = objectClass;
  const sources = planFetch(read.table, selected.wanted, 'single');
  const found = await read.find(key, sources, session);
  return found === undefined ? undefined : toMatch(objectClass, found, selected);
}

/** A plan that answers a search by single reads. */
export interface LookupPlan {
  readonly objectClass: ObjectClass;
  readonly lookups: readonly Lookup[];
  readonly returned: ReadonlySet<string>;
  /** Attributes that are read for the order only. */
  readonly sortedBy: readonly string[];
  readonly concurrency: number;
}

/** Every object that the look-ups find, each once, in the order of the look-ups. */
export async function readLookups(
  { concurrency, lookups, objectClass, returned, sortedBy }: LookupPlan,
  session: Session,
): Promise<readonly ReadMatch[]> {
  const matches = await pMap(
    lookups,
    ({ key, residual }) => readOne(objectClass, key, selection(returned, residual, sortedBy), session),
    { concurrency },
  );
  const found = matches.filter((match) => match !== undefined);
  session.context.trace.scanned += found.length;
  return [...new Map(found.map((match) => [match.rowKey, match])).values()];
}

/** Names of the attributes that are looked up. */
export function lookedUp(lookups: readonly Lookup[]): readonly string[] {
  return [...new Set(lookups.map(({ key }) => key.attribute))];
}

/** Names of the attributes that the connector filters the found objects on. */
export function lookupResidual(lookups: readonly Lookup[]): readonly string[] {
  const names = lookups.flatMap(({ key, residual }) =>
    residual === undefined ? [] : [...filterAttributes(residual)].filter((name) => name !== key.attribute),
  );
  return [...new Set(names)];
}
