import {
  type AttributeDeclaration,
  type Attributes,
  canonicalValue,
  sameValues,
  type Values,
} from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Session } from '../object-class/call.js';
import type { UpdateableClass } from '../object-class/object-class.js';
import { planFetch, readAttributes } from '../object-class/reading.js';
import type { Pause } from '../ports.js';
import { backOff } from '../traced-waits.js';

/** True if the values that were read show the change. If multi-valued, only added and removed values count. */
export function hasTakenEffect(
  declaration: AttributeDeclaration,
  { added, after, removed }: ResolvedChange,
  read: Values,
): boolean {
  if (declaration.multiValued !== true) return sameValues(declaration, read, after);
  const present = new Set(read.map((value) => canonicalValue(declaration, value)));
  const isPresent = (value: Values[number]) => present.has(canonicalValue(declaration, value));
  return added.every(isPresent) && !removed.some(isPresent);
}

/** Milliseconds between the reads: the target may need a moment to show a write. */
const pauses = [1000, 2000] as const;

/** Writes to an object that the target has confirmed. */
export interface Written {
  readonly objectClass: UpdateableClass;
  readonly uid: string;
  /** The name before the writes. */
  readonly name?: string;
  readonly changes: readonly ResolvedChange[];
}

/** The result of a read-back. */
export interface Verdict {
  /** Attributes that do not have the written values. */
  readonly ignored: readonly string[];
  /** Attributes that could not be read. */
  readonly unread: readonly string[];
  /** The failure of the read. */
  readonly error?: ConnectorError;
}

/** Changes that one read can check. */
interface Part {
  readonly changes: readonly ResolvedChange[];
  /** @returns the attributes that could be read; `undefined` when the object does not exist. */
  read(changes: readonly ResolvedChange[], session: Session): Promise<Attributes | undefined>;
}

/**
 * Reads back what was written: the object once, and each attribute that its class reads back by other means.
 * Attributes that differ are read again after a pause, three reads in all at most.
 */
export async function readBack(written: Written, session: Session, pause: Pause): Promise<Verdict> {
  let verdict: Verdict = { ignored: [], unread: [] };
  for (const part of partsOf(written)) {
    const { error = verdict.error, ignored, unread } = await judge(written, part, session, pause);
    verdict = {
      ignored: [...verdict.ignored, ...ignored],
      unread: [...verdict.unread, ...unread],
      ...(error !== undefined && { error }),
    };
  }
  return verdict;
}

function partsOf(written: Written): readonly Part[] {
  const { objectClass, uid } = written;
  const special = written.changes.flatMap((change) => specialPart(objectClass, uid, change));
  const changes = written.changes.filter(
    (change) =>
      !special.some((part) => part.changes.includes(change)) && isShownByReads(objectClass, uid, change),
  );
  if (changes.length === 0) return special;
  return [{ changes, read: (differing, session) => readObject(written, differing, session) }, ...special];
}

/** The part for a change that the class reads back by other means; empty for other changes. */
function specialPart({ update }: UpdateableClass, uid: string, change: ResolvedChange): readonly Part[] {
  const readValues = update.readBack?.(change);
  if (readValues === undefined) return [];
  const read: Part['read'] = async (_, session) => {
    const values = await readValues(uid, change, session);
    return new Map(values === undefined ? [] : [[change.attribute, values]]);
  };
  return [{ changes: [change], read }];
}

/** True if a read of the object returns the attribute with the written values. */
function isShownByReads({ read, update }: UpdateableClass, uid: string, change: ResolvedChange): boolean {
  const { attribute } = change;
  const isReadable = Object.keys(read.table.readers[attribute] ?? {}).length > 0;
  const own = update.effectsOnReads?.(uid, change).find(({ name }) => name === attribute);
  return isReadable && own?.derived !== true;
}

async function readObject(
  { changes, name, objectClass, uid }: Written,
  differing: readonly ResolvedChange[],
  session: Session,
): Promise<Attributes | undefined> {
  const { read } = objectClass;
  const attributes = namesOf(differing);
  const renamed = changes.find(({ attribute }) => attribute === '__NAME__')?.after[0];
  const nameHint = renamed === undefined ? name : String(renamed);
  const key = { attribute: '__UID__', value: uid, nameHint };
  const found = await read.find(key, planFetch(read.table, attributes, 'single'), session);
  return found === undefined ? undefined : readAttributes(objectClass, found, attributes);
}

async function judge(written: Written, part: Part, session: Session, pause: Pause): Promise<Verdict> {
  const { view } = written.objectClass;
  let differing = part.changes;
  let isThere = true;
  try {
    for (const ms of [...pauses, undefined]) {
      const read = await part.read(differing, session);
      isThere = read !== undefined;
      if (read !== undefined) differing = differing.filter((change) => !isShown(view, change, read));
      if (differing.length === 0) break;
      if (ms !== undefined) await backOff(pause, ms, session.context);
    }
  } catch (thrown) {
    return { ignored: [], unread: namesOf(differing), error: failureOf(thrown, session) };
  }
  if (isThere) return { ignored: namesOf(differing), unread: [] };
  const error = new ConnectorError('connectorIO', 'The object does not exist.');
  return { ignored: [], unread: namesOf(differing), error };
}

/** An attribute that the read did not return counts as written. */
function isShown(view: ObjectClassView, change: ResolvedChange, read: Attributes): boolean {
  const values = read.get(change.attribute);
  return values === undefined || hasTakenEffect(view.declarationOf(change.attribute), change, values);
}

function namesOf(changes: readonly ResolvedChange[]): readonly string[] {
  return changes.map(({ attribute }) => attribute);
}

/** The error of an interrupted pause names no reason, so the reason of the signal replaces it. */
function failureOf(thrown: unknown, { context: { signal } }: Session): ConnectorError {
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  return reason instanceof ConnectorError ? reason : toConnectorError(thrown);
}
