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
  '',
  'The columns about clearing say whether an update may leave the attribute without a value. Some attributes lose',
  'their value only with a switch, which the column names.',
].join('\n');

/** The object classes on a page. */
interface PageClasses {
  readonly title: string;
  readonly objectClasses: readonly ObjectClass[];
  /** The same classes with fewer attributes. A column shows which attributes they have. */
  readonly lesser?: TitledClasses;
  /** The same classes over another API. A column shows which attributes can be cleared there. */
  readonly beside?: TitledClasses;
}

interface TitledClasses {
  readonly title: string;
  readonly objectClasses: readonly ObjectClass[];
}

/** Renders the page of all attributes of the object classes, as the schema declares them by default. */
export function attributesPage({ beside, lesser, objectClasses, title }: PageClasses): string {
  const blocks = objectClasses.flatMap((objectClass) => {
    const info = infoOf(objectClass);
    const columns = [
      ...columnOf('cleared', objectClass, clearing),
      ...columnOf(`cleared over ${beside?.title ?? ''}`, namesake(beside, objectClass), clearing),
      ...columnOf(lesser?.title ?? '', namesake(lesser, objectClass), availability),
    ];
    return [`## ${info.name}`, info.description, attributeTable(info, objectClass, columns)];
  });
  return page(title, 'the attribute and binding tables in src/zoom', [legend, ...blocks]);
}

function infoOf(objectClass: ObjectClass): ObjectClassInfo {
  return objectClassInfo(objectClass, { deepGet: true, deepImport: true });
}

interface Column {
  readonly title: string;
  readonly cell: (attribute: AttributeInfo) => string;
}

/** A column about the attributes of a class. There is none without a class. */
function columnOf(
  title: string,
  objectClass: ObjectClass | undefined,
  cellOf: (objectClass: ObjectClass) => Column['cell'],
): readonly Column[] {
  return objectClass === undefined ? [] : [{ title, cell: cellOf(objectClass) }];
}

function namesake(classes: TitledClasses | undefined, { view }: ObjectClass): ObjectClass | undefined {
  return classes?.objectClasses.find((objectClass) => objectClass.view.name === view.name);
}

function availability(objectClass: ObjectClass): Column['cell'] {
  const { attributes } = infoOf(objectClass);
  return ({ name, readable }) => {
    const less = attributes.find((attribute) => attribute.name === name);
    if (less === undefined) return 'no';
    return less.readable === readable ? 'yes' : 'write only';
  };
}

function clearing({ view }: ObjectClass): Column['cell'] {
  return ({ name }) => {
    const declaration = view.declaration.attributes[name];
    if (declaration === undefined || declaration.updateable === false) return '';
    if (declaration.clearable === false) return 'no';
    const { clearedWith } = declaration;
    return clearedWith === undefined ? 'yes' : `with ${code(clearedWith)}`;
  };
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
    ...columns.map(({ cell }) => cell(attribute)),
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
