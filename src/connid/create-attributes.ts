import type { Attributes, Values } from './attribute.js';
import { invalidValue } from './errors.js';
import { readWritableValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

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
    const shown = view.shown(name);
    if (attributes.has(name)) throw invalidValue(`${shown} is given twice.`);
    if (declaration.creatable === false) throw invalidValue(`${shown} can not be given at create.`);
    attributes.set(name, readWritableValues(shown, declaration, value));
  }
  for (const [name, values] of attributes) if (values.length === 0) attributes.delete(name);
  for (const { name, declaration } of view.attributes()) {
    if (declaration.required === true && !attributes.has(name))
      throw invalidValue(`${view.shown(name)} is required.`);
  }
  return attributes;
}
