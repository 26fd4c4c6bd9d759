/** The scalars that a field can contain, by the name of their form on the wire. */
export interface Scalars {
  readonly boolean: boolean;
  readonly byte: number;
  readonly int: number;
  readonly long: bigint;
  readonly double: number;
  readonly string: string;
  readonly bytes: Uint8Array;
}

export type ScalarName = keyof Scalars;

/** The contents of a field: a scalar, the name of a class, or an object. */
export type Contents = ScalarName | 'class' | 'object';

/**
 * A field with a name. A message may leave it out; it then has its initial value.
 * `of` is the kind of the object that it contains; `any` stands for all kinds.
 */
export interface NamedField {
  readonly place: 'named';
  readonly contents: Contents;
  readonly initial: unknown;
  readonly of?: string;
  /** The writer leaves the field out if it has its initial value. */
  readonly sparse?: true;
}

/** A field without a name. Its place among the others of that sort identifies it, and it may not be missing. */
export interface PositionalField {
  readonly place: 'positional';
  readonly contents: Contents;
  readonly of?: string;
}

/** The fields without a name that follow the positional ones: the elements of a collection. */
export interface ItemsField {
  readonly place: 'items';
  readonly of: string;
}

/** The operands of a logical filter. On the wire they are nested pairs. */
export interface ChainField {
  readonly place: 'chain';
}

export type Field = NamedField | PositionalField | ItemsField | ChainField;

/** The fields of a type in the order in which they are written, under the names of their members. */
export type Layout = Readonly<Record<string, Field>>;

/** A named scalar. A string without an initial value is `null` if it is missing. */
export function named<const C extends ScalarName, const I extends Scalars[C] | null>(
  contents: C,
  initial: I,
) {
  return { place: 'named', contents, initial } as const;
}

/** A named flag that is false, and then not written. */
export const sparseFlag = { place: 'named', contents: 'boolean', initial: false, sparse: true } as const;

/** A named string, `null` if it is missing. */
export const text = named('string', null);

/** A named reference to a class, `null` if it is missing. */
export const classReference = { place: 'named', contents: 'class', initial: null } as const;

/** A named object of a kind, or `null`. */
export function object<const T extends string>(of: T) {
  return { place: 'named', contents: 'object', initial: null, of } as const;
}

export function positional<const C extends ScalarName | 'class'>(contents: C) {
  return { place: 'positional', contents } as const;
}

/** An object of any kind, or `null`, in a field without a name. */
export const positionalObject = { place: 'positional', contents: 'object', of: 'any' } as const;

export function items<const T extends string>(of: T) {
  return { place: 'items', of } as const;
}

export const chain = { place: 'chain' } as const;
