import type { AttributeInfo } from '../connid/attribute.js';
import type { ObjectClassInfo } from '../connector/connector.js';
import type { ObjectClass } from '../connector/object-class/object-class.js';
import { objectClassInfo } from '../connector/operations/schema.js';
import { code, page, table } from './markdown.js';

/** The explanation of the columns. */
const legend = [
  'Flags: **R** required at create, **M** multi-valued, **c** not creatable, **u** not updateable, **r** never returned,',
  '**d** not returned by default. They are those of the default configuration; `returnedByDefault` in the schema',
  'follows `results.deepGet` and `results.deepImport`. The schema does not contain `__UID__`, because callers cannot',
  'write it.',
].join('\n');

/** The object classes on a page. */
interface PageClasses {
  readonly title: string;
  readonly objectClasses: readonly ObjectClass[];
  /** The same classes with fewer attributes. A column shows which attributes they have. */
  readonly lesser?: { readonly title: string; readonly objectClasses: readonly ObjectClass[] };
}

/** Renders the page of all attributes of the object classes, as the schema declares them by default. */
export function attributesPage({ lesser, objectClasses, title }: PageClasses): string {
  const blocks = objectClasses.flatMap((objectClass) => {
    const info = infoOf(objectClass);
    const less = lesser?.objectClasses.find(({ view }) => view.name === info.name);
    const column =
      lesser === undefined || less === undefined ? [] : [{ title: lesser.title, info: infoOf(less) }];
    return [`## ${info.name}`, info.description, attributeTable(info, objectClass, column)];
  });
  return page(title, 'the attribute and binding tables in src/zoom', [legend, ...blocks]);
}

function infoOf(objectClass: ObjectClass): ObjectClassInfo {
  return objectClassInfo(objectClass, { deepGet: true, deepImport: true });
}

interface Column {
  readonly title: string;
  readonly info: ObjectClassInfo;
}

function availability({ info }: Column, { name, readable }: AttributeInfo): string {
  const less = info.attributes.find((attribute) => attribute.name === name);
  if (less === undefined) return 'no';
  return less.readable === readable ? 'yes' : 'write only';
}

function attributeTable(
  { attributes }: ObjectClassInfo,
  { read }: ObjectClass,
  columns: readonly Column[],
): string {
  const rows = attributes.map((attribute) => [
    nameCell(attribute),
    typeCell(attribute),
    flags(attribute),
    Object.keys(read.table.readers[attribute.name] ?? {})
      .map(code)
      .join(', '),
    ...columns.map((column) => availability(column, attribute)),
    attribute.description,
  ]);
  const titles = columns.map(({ title }) => title);
  return table(['attribute', 'type', 'flags', 'read from', ...titles, 'meaning'], rows);
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
