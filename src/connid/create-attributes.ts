import type { Attributes, Values } from './attribute.js';
import { ConnectorError } from './errors.js';
import { checkWritable, readValues } from './input.js';
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
    if (attributes.has(name)) throw invalid(`${shown} is given twice.`);
    if (declaration.creatable === false) throw invalid(`${shown} can not be given at create.`);
    const values = readValues(shown, declaration, value);
    checkWritable(shown, declaration, values);
    attributes.set(name, values);
  }
  for (const [name, values] of attributes) if (values.length === 0) attributes.delete(name);
  for (const { name, declaration } of view.attributes()) {
    if (declaration.required === true && !attributes.has(name))
      throw invalid(`${view.shown(name)} is required.`);
  }
  return attributes;
}

function invalid(message: string): ConnectorError {
  return new ConnectorError('invalidAttributeValue', message);
}
