import {
  type AttributeDeclaration,
  type Attributes,
  canonicalValue,
  sameValues,
  type Values,
} from './attribute.js';
import { ConnectorError, invalidValue } from './errors.js';
import { readValues, readWritableValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

/** A change of one attribute: ConnId's AttributeDelta with a declared name and checked values. */
export type Change =
  | { readonly attribute: string; readonly replace: Values }
  | { readonly attribute: string; readonly add: Values; readonly remove: Values };

/** A change applied to one object: the values before (if known) and after. */
export interface ResolvedChange {
  readonly attribute: string;
  /** `undefined` if the present values are unknown. */
  readonly before: Values | undefined;
  readonly after: Values;
  /** Values of `after` that are not in `before`; all of `after` if `before` is unknown. */
  readonly added: Values;
  /** Values of `before` that are not in `after`. If `before` is unknown: requested removals without added values. */
  readonly removed: Values;
  /** Values that the change requests, including those that are present already. */
  readonly wanted: Values;
  /** The change sets the whole list. Then `wanted` is the result even if the present values are unknown. */
  readonly replaces?: true;
}

/** ConnId's operational attributes. They accept replacements only. */
const operational = new Set(['__NAME__', '__ENABLE__', '__PASSWORD__', '__LOCK_OUT__']);

/**
 * Reads the deltas of an update.
 * @param tolerant - accepts attributes that cannot be updated. Use {@link refuseUpdates} once the values are known.
 * @param json - deltas with `name` and `valuesToReplace`, or with `name` and `valuesToAdd`, `valuesToRemove` or both.
 * @throws ConnectorError `illegalArgument` when a delta breaks AttributeDelta's rules, `invalidAttributeValue` for an
 * unknown, repeated or non-updateable attribute or a refused value.
 */
export function readDeltas(
  view: ObjectClassView,
  json: readonly Readonly<Record<string, unknown>>[],
  tolerant = false,
): readonly Change[] {
  const seen = new Set<string>();
  return json.map((delta, index) => {
    const change = readDelta(view, delta, { place: `delta ${index + 1}`, tolerant });
    if (seen.has(change.attribute))
      throw invalidValue(`${view.publicName(change.attribute)} is changed twice.`);
    seen.add(change.attribute);
    return change;
  });
}

/** The place of a delta in its request, and how strictly it is read. */
interface DeltaReading {
  readonly place: string;
  readonly tolerant: boolean;
}

function readDelta(
  view: ObjectClassView,
  delta: Readonly<Record<string, unknown>>,
  { place, tolerant }: DeltaReading,
): Change {
  const { name, declaration } = view.resolve(String(delta['name']), place);
  const publicName = view.publicName(name);
  if (!tolerant || name === '__UID__') checkUpdateable(publicName, declaration);
  const replaces = 'valuesToReplace' in delta;
  const adds = delta['valuesToAdd'] !== undefined && delta['valuesToAdd'] !== null;
  const removes = delta['valuesToRemove'] !== undefined && delta['valuesToRemove'] !== null;
  if (replaces === (adds || removes))
    throw illegal(publicName, 'needs either valuesToReplace, or valuesToAdd or valuesToRemove');
  if (replaces)
    return { attribute: name, replace: replacement(publicName, declaration, delta['valuesToReplace']) };
  if (operational.has(name) && !(name === '__PASSWORD__' && adds && removes)) {
    throw illegal(publicName, 'can only be replaced');
  }
  return partialChange(name, publicName, declaration, delta);
}

function partialChange(
  attribute: string,
  publicName: string,
  declaration: AttributeDeclaration,
  delta: Readonly<Record<string, unknown>>,
): Change {
  const many = { ...declaration, multiValued: true } as const;
  const requested = readValues(publicName, declaration, delta['valuesToAdd']);
  const add = readWritableValues(publicName, declaration, delta['valuesToAdd']);
  // Adding to a single-valued attribute replaces its value, even if the added value means "no value".
  if (declaration.multiValued !== true && requested.length > add.length) {
    refuseClearing(publicName, declaration, add);
    return { attribute, replace: add };
  }
  const remove = readValues(publicName, many, delta['valuesToRemove']);
  if (isGuess(declaration, add, remove)) {
    throw illegal(
      publicName,
      'must be a replacement: the connector cannot read whether the attribute has the value to be removed',
    );
  }
  return { attribute, add, remove };
}

/** True for a removal from an attribute that cannot be read: it may hold another value than the one to remove. */
function isGuess({ multiValued, readable }: AttributeDeclaration, add: Values, remove: Values): boolean {
  return readable === false && multiValued !== true && add.length === 0 && remove.length > 0;
}

/**
 * True for a replacement by no value of an attribute that always has one, such as a licence. Names are exempt: an object
 * without a name is a mistake.
 * @throws ConnectorError `invalidAttributeValue` for an unknown attribute and for invalid values.
 */
export function emptiesNeeded(view: ObjectClassView, delta: Readonly<Record<string, unknown>>): boolean {
  if (!('valuesToReplace' in delta)) return false;
  const { name, declaration } = view.resolve(String(delta['name']), 'an attribute');
  if (declaration.clearable !== false || declaration.required === true) return false;
  return readWritableValues(view.publicName(name), declaration, delta['valuesToReplace']).length === 0;
}

function replacement(publicName: string, declaration: AttributeDeclaration, json: unknown): Values {
  const values = readWritableValues(publicName, declaration, json);
  refuseClearing(publicName, declaration, values);
  return values;
}

/**
 * Refuses changes of attributes that cannot be updated, unless the object has their values already. Nobody can say so of
 * an attribute that cannot be read: its change is left out.
 * @throws ConnectorError `invalidAttributeValue`.
 */
export function refuseUpdates(view: ObjectClassView, changes: readonly Change[], present: Attributes): void {
  for (const change of changes) {
    const declaration = view.declarationOf(change.attribute);
    if (declaration.readable === false) continue;
    const resolved = resolveChange(declaration, change, present.get(change.attribute));
    if (!isNoOp(declaration, resolved)) checkUpdateable(view.publicName(change.attribute), declaration);
  }
}

function checkUpdateable(publicName: string, { updateable }: AttributeDeclaration): void {
  if (updateable === false) throw invalidValue(`${publicName} cannot be updated.`);
}

/**
 * Applies a change to the present values of its attribute. Adding to a single-valued attribute replaces its value.
 * Removing an absent value has no effect.
 * @param before - `undefined` if the present values are unknown.
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

/** True if a resolved change leaves the object as it is. False if the present values are unknown. */
export function isNoOp(declaration: AttributeDeclaration, change: ResolvedChange): boolean {
  return change.before !== undefined && sameValues(declaration, change.before, change.after);
}

/**
 * Refuses a change that leaves an attribute without a value although it always needs one.
 * @throws ConnectorError `invalidAttributeValue`.
 */
export function refuseClearing(publicName: string, { clearable }: AttributeDeclaration, after: Values): void {
  if (clearable === false && after.length === 0) throw invalidValue(`${publicName} cannot be cleared.`);
}

/** A change with known values afterwards and unknown values before. */
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

function illegal(publicName: string, what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `The delta of ${publicName} ${what}.`);
}
