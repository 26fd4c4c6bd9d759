import type { GuardedString } from './guarded-string.js';

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
  String: (value: unknown) => typeof value === 'string' && value.isWellFormed(),
  Boolean: (value: unknown) => typeof value === 'boolean',
  Integer: (value: unknown) =>
    Number.isInteger(value) && Number(value) >= integerMin && Number(value) <= integerMax,
  Long: (value: unknown) => Number.isSafeInteger(value),
  GuardedString: (value: unknown) => typeof value === 'string' && value.isWellFormed(),
} as const;

/** Name of an attribute type. */
export type AttributeType = keyof typeof attributeTypes;

/** One row of an attribute table: the ConnId view of an attribute, independent of any API of the target. */
export interface AttributeDeclaration {
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued?: true;
  /** Must be given at create. */
  readonly required?: true;
  /** Default true. */
  readonly creatable?: false;
  /** Default true. */
  readonly updateable?: false;
  /** Default true. */
  readonly readable?: false;
  /** Whether the attribute can be left without a value; default true. */
  readonly clearable?: false;
  readonly subtype?: '__STRING_CASE_IGNORE__';
  /** Real name behind a special name such as `__NAME__`. */
  readonly nativeName?: string;
  readonly referencedObjectClassName?: string;
  /** All values that are accepted on input. */
  readonly allowedValues?: readonly (string | number)[];
  /** The form a value must have on input, with the words that say so ("an e-mail address"). */
  readonly form?: { readonly pattern: RegExp; readonly words: string };
  /** Values the target has for "no value"; on input they are none. */
  readonly noValue?: readonly string[];
  /** Maps values that mean the same to the same value; comparisons of every kind go through it. */
  readonly canonical?: (value: string) => string;
  /** Filters compare parts of values without case, though there is no subtype that says so. */
  readonly caselessParts?: true;
  /** The values are points in time: ISO 8601 text, or milliseconds since 1970. Their order is that of time. */
  readonly instant?: true;
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

/**
 * The value that stands for all values an attribute regards as equal: lower case where case does not matter,
 * else what the declaration's `canonical` makes of it.
 */
export function canonicalValue(declaration: AttributeDeclaration, value: Scalar): Scalar {
  if (typeof value !== 'string') return value;
  const canonical = declaration.canonical?.(value) ?? value;
  return declaration.subtype === '__STRING_CASE_IGNORE__' ? canonical.toLowerCase() : canonical;
}

/** A value, or a part of one, as parts of values are compared: in lower case where the attribute ignores case. */
export function partValue({ caselessParts, subtype }: AttributeDeclaration, value: Scalar): Scalar {
  const ignoresCase = caselessParts === true || subtype === '__STRING_CASE_IGNORE__';
  return ignoresCase && typeof value === 'string' ? value.toLowerCase() : value;
}

/** Whether two value lists mean the same: in order for single values, as sets for multi-valued attributes. */
export function sameValues(declaration: AttributeDeclaration, left: Values, right: Values): boolean {
  const keys = new Set(left.map((value) => canonicalValue(declaration, value)));
  return keys.size === new Set(right.map((value) => canonicalValue(declaration, value))).size
    ? right.every((value) => keys.has(canonicalValue(declaration, value)))
    : false;
}
const dateTime = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since 1970 of an ISO 8601 date (midnight UTC) or date with time and zone; `undefined` for any other text. */
export function instantOf(text: string): number | undefined {
  const date = dateTime.exec(text)?.[1];
  if (date === undefined || !isDate(date)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** `Date.parse` takes the 31st of June for the first of July. */
function isDate(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
