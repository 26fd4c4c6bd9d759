import type { AttributeInfo } from '../connid/attribute.js';
import type { ObjectClassInfo } from '../connector/connector.js';
import type { ObjectClass } from '../connector/object-class.js';
import { objectClassInfo } from '../connector/operations/schema.js';
import { code, page, table } from './markdown.js';

/** What a reader has to know of the columns. */
const legend = [
  'Flags: **R** required at create, **M** multi-valued, **c** not creatable, **u** not updateable, **r** never returned,',
  '**d** not returned by default. They are those of the default configuration; `returnedByDefault` in the schema',
  'follows `results.deepGet` and `results.deepImport`. `__UID__` is in no schema, because it is no attribute that',
  'can be written.',
].join('\n');

/** Every attribute of every object class, as the schema has it under the default configuration. */
export function attributesPage(objectClasses: readonly ObjectClass[]): string {
  const blocks = objectClasses.flatMap((objectClass) => {
    const info = objectClassInfo(objectClass, { deepGet: true, deepImport: true });
    return [`## ${info.name}`, info.description, attributeTable(info, objectClass)];
  });
  return page('Attributes', 'the attribute and binding tables in src/zoom', [legend, ...blocks]);
}

function attributeTable({ attributes }: ObjectClassInfo, { reading }: ObjectClass): string {
  const rows = attributes.map((attribute) => [
    nameCell(attribute),
    typeCell(attribute),
    flags(attribute),
    Object.keys(reading.readers[attribute.name] ?? {})
      .map(code)
      .join(', '),
    attribute.description,
  ]);
  return table(['attribute', 'type', 'flags', 'read from', 'meaning'], rows);
}

function nameCell({ name, nativeName }: AttributeInfo): string {
  return name === nativeName ? code(name) : `${code(name)} (${nativeName})`;
}

function typeCell({ allowedValues, type }: AttributeInfo): string {
  return allowedValues === undefined ? type : `${type}: ${allowedValues.join(', ')}`;
}

function flags(attribute: AttributeInfo): string {
  const set = {
    R: attribute.required,
    M: attribute.multiValued,
    c: !attribute.creatable,
    u: !attribute.updateable,
    r: !attribute.readable,
    d: attribute.readable && !attribute.returnedByDefault,
  };
  return Object.entries(set)
    .filter(([, holds]) => holds)
    .map(([flag]) => flag)
    .join(' ');
}
