import type { ChainField, Field, ItemsField, Layout, NamedField, PositionalField } from './fields.js';
import { classNames, layouts } from './layouts.js';
import type { ClassName, Kind } from './wire-value.js';

/** Numbers of the binary format. */
export const format = { magic: 0xfafb, version: 2, headerBytes: 8 } as const;

/** The bytes that say what follows. */
export const tags = {
  nullClass: 0x3c,
  namedClass: 0x3d,
  arrayClass: 0x3e,
  anonymousField: 0x46,
  namedField: 0x47,
  end: 0x48,
} as const;

/** A layout, prepared for reading. */
export interface TypeRow {
  readonly kind: Kind;
  /** The fields in the order in which they are written, with their names. */
  readonly fields: readonly (readonly [string, Field])[];
  readonly named: ReadonlyMap<string, NamedField>;
  readonly positional: readonly (readonly [string, PositionalField])[];
  readonly items: ItemsField | undefined;
  readonly chain: ChainField | undefined;
}

const rows: ReadonlyMap<string, TypeRow> = new Map(
  Object.entries(layouts).map(([kind, layout]) => [kind, rowOf(kind as Kind, layout)]),
);

const classes: ReadonlySet<string> = new Set([...rows.keys(), ...classNames]);

/** The row of a type; `undefined` if there are no objects of a type of this name. */
export function typeRow(name: string): TypeRow | undefined {
  return rows.get(name);
}

export function isClassName(name: string): name is ClassName {
  return classes.has(name);
}

function rowOf(kind: Kind, layout: Layout): TypeRow {
  const fields = Object.entries(layout);
  const at = <P extends Field['place']>(place: P): (readonly [string, Field & { place: P }])[] =>
    fields.filter((entry): entry is [string, Field & { place: P }] => entry[1].place === place);
  return {
    kind,
    fields,
    named: new Map(at('named')),
    positional: at('positional'),
    items: at('items')[0]?.[1],
    chain: at('chain')[0]?.[1],
  };
}
