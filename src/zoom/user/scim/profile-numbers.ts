import type { Reader } from '../../../connector/object-class/reading.js';
import type { AttributeDeclaration, Values } from '../../../connid/attribute.js';
import { asList, at, textAt } from '../../kit/json.js';
import { canonicalProfileNumber } from '../value-forms.js';

/** Zoom shows a number without a label as a work number, and a work number as an office number. */
const defaultLabel = 'label=work';

const officeLabel = 'label=office';

/** Contact numbers over SCIM alone: with a label, and without a country. */
export const profileNumberDeclaration: AttributeDeclaration = {
  type: 'String',
  multiValued: true,
  form: {
    pattern: /^tel:\+\d{3,15}(?:;label=(?:Mobile|Office|Home|Fax|Work))?$/i,
    words: 'a tel URI such as tel:+15550100;label=Office',
  },
  canonical: (value) => {
    const [number = '', label = defaultLabel] = canonicalProfileNumber(value).split(';');
    return `${number};${label === defaultLabel ? officeLabel : label}`;
  },
  description:
    'Contact numbers as tel URIs, such as tel:+15550100;label=Office. Without a label it is Office.',
};

/** Reads `phoneNumbers`, which have nothing to do with Zoom Phone. */
export const readProfileNumbers: Reader = (record) =>
  asList(at(record, 'resource.phoneNumbers')).map((entry) => {
    const digits = (textAt(entry, 'value') ?? '').replaceAll(/\D/g, '');
    const type = textAt(entry, 'type') ?? 'work';
    return `tel:+${digits};label=${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  });

/** Writes `phoneNumbers`. */
export function writeProfileNumbers(values: Values): unknown {
  return values.map((value) => {
    const [uri = '', parameter = defaultLabel] = String(value).split(';');
    return { type: (parameter.split('=')[1] ?? 'work').toLowerCase(), value: uri.slice('tel:'.length) };
  });
}
