import { type AttributeDeclaration, canonicalValue, sameValues, type Values } from './attribute.js';
import { ConnectorError, invalidValue } from './errors.js';
import { readValues, readWritableValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

/** A change of one attribute: ConnId's AttributeDelta over declared names and checked values. */
export type Change =
  | { readonly attribute: string; readonly replace: Values }
  | { readonly attribute: string; readonly add: Values; readonly remove: Values };

/** A change together with what it means for an object: the values before (if known) and after. */
export interface ResolvedChange {
  readonly attribute: string;
  /** `undefined` when the present values are not known. */
  readonly before: Values | undefined;
  readonly after: Values;
  /** Values of `after` that were not there before (all of them when that is unknown). */
  readonly added: Values;
  /** Values to be taken away; as requested when the present values are unknown, but for those that are added, too. */
  readonly removed: Values;
  /** Values the change wants to be there, whether they are already or not. */
  readonly wanted: Values;
  /** The values are set as a whole; says what is wanted where the present ones are not known. */
  readonly replaces?: true;
}

/** Operational attributes of ConnId, which take no partial changes. */
const operational = new Set(['__NAME__', '__ENABLE__', '__PASSWORD__', '__LOCK_OUT__']);

/**
 * Reads the deltas of an update.
 * @param json - members `name` and `valuesToReplace`, or `valuesToAdd` and/or `valuesToRemove`.
 * @throws ConnectorError `illegalArgument` when a delta breaks AttributeDelta's rules, `invalidAttributeValue` for an
 * unknown, repeated or non-updateable attribute or a refused value.
 */
export function readDeltas(
  view: ObjectClassView,
  json: readonly Readonly<Record<string, unknown>>[],
): readonly Change[] {
  const seen = new Set<string>();
  return json.map((delta) => {
    const change = readDelta(view, delta);
    if (seen.has(change.attribute))
      throw invalidValue(`${view.publicName(change.attribute)} is changed twice.`);
    seen.add(change.attribute);
    return change;
  });
}

function readDelta(view: ObjectClassView, delta: Readonly<Record<string, unknown>>): Change {
  const { name, declaration } = view.resolve(String(delta['name']));
  const shown = view.publicName(name);
  if (declaration.updateable === false) throw invalidValue(`${shown} can not be updated.`);
  const replaces = 'valuesToReplace' in delta;
  const adds = delta['valuesToAdd'] !== undefined && delta['valuesToAdd'] !== null;
  const removes = delta['valuesToRemove'] !== undefined && delta['valuesToRemove'] !== null;
  if (replaces === (adds || removes))
    throw illegal(shown, 'needs either valuesToReplace, or valuesToAdd or valuesToRemove');
  if (replaces)
    return { attribute: name, replace: replacement(shown, declaration, delta['valuesToReplace']) };
  if (operational.has(name) && !(name === '__PASSWORD__' && adds && removes)) {
    throw illegal(shown, 'can only be replaced');
  }
  return partialChange(name, shown, declaration, delta);
}

function partialChange(
  attribute: string,
  shown: string,
  declaration: AttributeDeclaration,
  delta: Readonly<Record<string, unknown>>,
): Change {
  const many = { ...declaration, multiValued: true } as const;
  const given = readValues(shown, declaration, delta['valuesToAdd']);
  const add = readWritableValues(shown, declaration, delta['valuesToAdd']);
  // Adding to a single-valued attribute replaces its value, also when what is added stands for no value.
  if (declaration.multiValued !== true && given.length > add.length) {
    refuseClearing(shown, declaration, add);
    return { attribute, replace: add };
  }
  const remove = readValues(shown, many, delta['valuesToRemove']);
  if (isGuess(declaration, add, remove)) {
    throw illegal(shown, 'must be a replacement: whether it has the value to be removed can not be read');
  }
  return { attribute, add, remove };
}

/** Whether a removal would clear an attribute that may have another value than the one to be removed. */
function isGuess({ multiValued, readable }: AttributeDeclaration, add: Values, remove: Values): boolean {
  return readable === false && multiValued !== true && add.length === 0 && remove.length > 0;
}

function replacement(shown: string, declaration: AttributeDeclaration, json: unknown): Values {
  const values = readWritableValues(shown, declaration, json);
  refuseClearing(shown, declaration, values);
  return values;
}

/**
 * What a change does to the present values of its attribute. Adding to a single-valued attribute replaces its value;
 * removing a value that is not there does nothing.
 */
export function resolveChange(
  declaration: AttributeDeclaration,
  change: Change,
  before: Values | undefined,
): ResolvedChange {
  const after = valuesAfter(declaration, change, before);
  const removed =
    before === undefined && 'remove' in change
      ? minus(declaration, change.remove, change.add)
      : minus(declaration, before ?? [], after);
  return {
    attribute: change.attribute,
    before,
    after,
    added: minus(declaration, after, before ?? []),
    removed,
    wanted: 'replace' in change ? change.replace : change.add,
    ...('replace' in change && { replaces: true }),
  };
}

/** Whether a resolved change leaves the object as it is. */
export function isNoOp(declaration: AttributeDeclaration, change: ResolvedChange): boolean {
  return change.before !== undefined && sameValues(declaration, change.before, change.after);
}

/**
 * Refuses a change that would leave an attribute without a value that can not be without one.
 * @throws ConnectorError `invalidAttributeValue`.
 */
export function refuseClearing(shown: string, { clearable }: AttributeDeclaration, after: Values): void {
  if (clearable === false && after.length === 0) throw invalidValue(`${shown} can not be cleared.`);
}

/** A change of which only the outcome is known: the values that are there after it. */
export function changeTo(attribute: string, values: Values): ResolvedChange {
  return { attribute, before: undefined, after: values, added: [], removed: [], wanted: values };
}

function valuesAfter(declaration: AttributeDeclaration, change: Change, before: Values = []): Values {
  if ('replace' in change) return change.replace;
  if (declaration.multiValued !== true && change.add.length > 0) return change.add;
  const kept = minus(declaration, before, change.remove);
  return [...kept, ...minus(declaration, change.add, kept)];
}

function minus(declaration: AttributeDeclaration, values: Values, taken: Values): Values {
  const keys = new Set(taken.map((value) => canonicalValue(declaration, value)));
  return values.filter((value) => !keys.has(canonicalValue(declaration, value)));
}

function illegal(shown: string, what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `The delta of ${shown} ${what}.`);
}
