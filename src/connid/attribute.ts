import { GuardedString } from './guarded-string.js';

/** A single value of an attribute. */
export type Scalar = string | number | boolean | GuardedString;

/** Values of an attribute, normalised: always a list, empty for "read, and there is no value". */
export type Values = readonly Scalar[];

/** Attributes by schema name. A name that is missing was not read (or not given). */
export type Attributes = ReadonlyMap<string, Values>;

const integerMin = -(2 ** 31);
const integerMax = 2 ** 31 - 1;

/** ConnId's attribute types as far as object classes use them, each with its test for a JSON value. */
export const attributeTypes = {
  String: (value: unknown) => typeof value === 'string',
  Boolean: (value: unknown) => typeof value === 'boolean',
  Integer: (value: unknown) =>
    Number.isInteger(value) && Number(value) >= integerMin && Number(value) <= integerMax,
  Long: (value: unknown) => Number.isSafeInteger(value),
  GuardedString: (value: unknown) => typeof value === 'string' || value instanceof GuardedString,
} as const;

/** Name of an attribute type. */
export type AttributeType = keyof typeof attributeTypes;

/** One row of an attribute table: the ConnId view of an attribute, independent of any API of the target. */
export interface AttributeDeclaration {
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  /** Default true. */
  readonly creatable?: false;
  /** Default true. */
  readonly updateable?: false;
  /** Default true. */
  readonly readable?: false;
  readonly subtype?: '__STRING_CASE_IGNORE__' | '__STRING_URI__';
  /** Real name behind a special name such as `__NAME__`. */
  readonly nativeName?: string;
  readonly referencedObjectClassName?: string;
  readonly allowedValues?: readonly (string | number)[];
  /** Whether the values compare as Unicode strings ignoring case in filters; implied by the subtype. */
  readonly caseIgnore?: true;
}

/** One attribute as the schema answers it: the declaration with every flag spelled out. */
export interface AttributeInfo {
  readonly name: string;
  readonly nativeName: string;
  readonly type: AttributeType;
  readonly subtype?: string;
  readonly description: string;
  readonly required: boolean;
  readonly multiValued: boolean;
  readonly creatable: boolean;
  readonly updateable: boolean;
  readonly readable: boolean;
  readonly returnedByDefault: boolean;
  readonly referencedObjectClassName?: string;
  readonly allowedValues?: readonly (string | number)[];
}
