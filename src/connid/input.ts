import {
  type AttributeDeclaration,
  type Attributes,
  type AttributeType,
  attributeTypes,
  canonicalValue,
  type Scalar,
  type Values,
} from './attribute.js';
import { invalidValue } from './errors.js';
import { GuardedString } from './guarded-string.js';
import type { ObjectClassView } from './object-class-view.js';

/**
 * Reads the JSON value of an attribute into normalised values. `null` and `[]` become no value, a scalar becomes a list
 * of one. Of repeated values one remains.
 * @param publicName - the attribute's name for callers, used in messages.
 * @throws ConnectorError `invalidAttributeValue` for a wrong type or several values of a single-valued attribute.
 */
export function readValues(publicName: string, declaration: AttributeDeclaration, json: unknown): Values {
  if (json === null || json === undefined) return [];
  const list = Array.isArray(json) ? (json as unknown[]) : [json];
  if (list.length > 1 && declaration.multiValued !== true) {
    throw invalidValue(`${publicName} takes a single value, but ${list.length} were given.`);
  }
  const values = list.map((value) => readScalar(publicName, declaration, value));
  const byCanonical = new Map(values.map((value) => [canonicalValue(declaration, value), value]));
  return [...byCanonical.values()];
}

/**
 * Reads the JSON value of an attribute for a write. An empty string counts as no value, as it does for the target, and
 * so do the declaration's `noValue` texts.
 * @throws ConnectorError `invalidAttributeValue`, naming the attribute but never its value.
 */
export function readWritableValues(
  publicName: string,
  declaration: AttributeDeclaration,
  json: unknown,
): Values {
  const none: readonly unknown[] = ['', ...(declaration.noValue ?? [])];
  const values = readValues(publicName, declaration, json).filter((value) => !none.includes(value));
  checkWritable(publicName, declaration, values);
  return values;
}

/**
 * Checks values for a write: syntax and allowed values.
 * @throws ConnectorError `invalidAttributeValue`, naming the attribute but never its value.
 */
function checkWritable(publicName: string, declaration: AttributeDeclaration, values: Values): void {
  for (const value of values) {
    const { allowedValues, form } = declaration;
    if (allowedValues !== undefined && !allowedValues.some((allowed) => allowed === value)) {
      throw invalidValue(`${publicName} accepts only ${allowedValues.join(', ')}.`);
    }
    if (form !== undefined && !form.pattern.test(String(value))) {
      throw invalidValue(`${publicName} must be ${form.words}.`);
    }
  }
}

function readScalar(publicName: string, declaration: AttributeDeclaration, value: unknown): Scalar {
  const { type } = declaration;
  if (!attributeTypes[type](value)) {
    throw invalidValue(`${publicName} takes values of type ${type}, but got ${describe(value, type)}.`);
  }
  return type === 'GuardedString' && typeof value === 'string' ? new GuardedString(value) : (value as Scalar);
}

function describe(value: unknown, type: AttributeType): string {
  if (value === null) return 'null inside a list';
  if (Array.isArray(value)) return 'a nested list';
  if (typeof value === 'string' && !value.isWellFormed()) return 'a string that is not well-formed Unicode';
  if (Number.isInteger(value)) {
    return type === 'Integer' || type === 'Long' ? 'a whole number out of its range' : 'a whole number';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * Reads the attributes of a create request. `null` and `[]` mean the same as a missing attribute.
 * @param tolerant - so they do for attributes that cannot be created.
 * @throws ConnectorError `invalidAttributeValue` for an unknown, repeated, non-creatable or missing required
 * attribute, and for invalid values.
 */
export function readCreateAttributes(
  view: ObjectClassView,
  json: Readonly<Record<string, unknown>>,
  tolerant = false,
): Attributes {
  const attributes = new Map<string, Values>();
  for (const [index, [typed, value]] of Object.entries(json).entries()) {
    const { name, declaration } = view.resolve(typed, `member ${index + 1} of attributes`);
    const publicName = view.publicName(name);
    if (attributes.has(name)) throw invalidValue(`${publicName} is given twice.`);
    const values = () => readWritableValues(publicName, declaration, value);
    if (declaration.creatable === false && !(tolerant && values().length === 0))
      throw invalidValue(`${publicName} cannot be given at create.`);
    attributes.set(name, values());
  }
  for (const [name, values] of attributes) if (values.length === 0) attributes.delete(name);
  for (const { name, declaration } of view.attributes()) {
    if (declaration.required === true && !attributes.has(name))
      throw invalidValue(`${view.publicName(name)} is required.`);
  }
  return attributes;
}
