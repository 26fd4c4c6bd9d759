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
 * Reads the JSON value of an attribute into normalised values: `null` and `[]` become no value, a scalar a list of
 * one, repeated values of a multi-valued attribute one value.
 * @param shownName - the attribute's name as the caller knows it, for messages.
 * @throws ConnectorError `invalidAttributeValue` for a wrong type or several values of a single-valued attribute.
 */
export function readValues(shownName: string, declaration: AttributeDeclaration, json: unknown): Values {
  if (json === null || json === undefined) return [];
  const list = Array.isArray(json) ? (json as unknown[]) : [json];
  if (list.length > 1 && declaration.multiValued !== true) {
    throw invalidValue(`${shownName} takes a single value, but ${list.length} were given.`);
  }
  const values = list.map((value) => readScalar(shownName, declaration, value));
  const byCanonical = new Map(values.map((value) => [canonicalValue(declaration, value), value]));
  return [...byCanonical.values()];
}

/**
 * Reads the JSON value of an attribute that is to be written; an empty string is no value, as it is to the target,
 * and so is what the declaration calls so.
 * @throws ConnectorError `invalidAttributeValue`, naming the attribute but never its value.
 */
export function readWritableValues(
  shownName: string,
  declaration: AttributeDeclaration,
  json: unknown,
): Values {
  const none: readonly unknown[] = ['', ...(declaration.noValue ?? [])];
  const values = readValues(shownName, declaration, json).filter((value) => !none.includes(value));
  checkWritable(shownName, declaration, values);
  return values;
}

/**
 * Checks values that are to be written: form and allowed values.
 * @throws ConnectorError `invalidAttributeValue`, naming the attribute but never its value.
 */
function checkWritable(shownName: string, declaration: AttributeDeclaration, values: Values): void {
  for (const value of values) {
    const { allowedValues, form } = declaration;
    if (allowedValues !== undefined && !allowedValues.some((allowed) => allowed === value)) {
      throw invalidValue(`${shownName} accepts only ${allowedValues.join(', ')}.`);
    }
    if (form !== undefined && !form.pattern.test(String(value))) {
      throw invalidValue(`${shownName} must be ${form.words}.`);
    }
  }
}

function readScalar(shownName: string, declaration: AttributeDeclaration, value: unknown): Scalar {
  const { type } = declaration;
  if (!attributeTypes[type](value)) {
    throw invalidValue(`${shownName} takes values of type ${type}, but got ${describe(value, type)}.`);
  }
  return type === 'GuardedString' ? new GuardedString(value as string) : (value as Scalar);
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
 * Reads the attributes of a create request. An attribute given as `null` or `[]` is as good as left out.
 * @throws ConnectorError `invalidAttributeValue` for an unknown, repeated, non-creatable or missing required
 * attribute, and for refused values.
 */
export function readCreateAttributes(
  view: ObjectClassView,
  json: Readonly<Record<string, unknown>>,
): Attributes {
  const attributes = new Map<string, Values>();
  for (const [typed, value] of Object.entries(json)) {
    const { name, declaration } = view.resolve(typed);
    const shown = view.publicName(name);
    if (attributes.has(name)) throw invalidValue(`${shown} is given twice.`);
    if (declaration.creatable === false) throw invalidValue(`${shown} can not be given at create.`);
    attributes.set(name, readWritableValues(shown, declaration, value));
  }
  for (const [name, values] of attributes) if (values.length === 0) attributes.delete(name);
  for (const { name, declaration } of view.attributes()) {
    if (declaration.required === true && !attributes.has(name))
      throw invalidValue(`${view.publicName(name)} is required.`);
  }
  return attributes;
}
