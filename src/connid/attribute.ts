import { GuardedString } from './guarded-string.js';

/** A single value of an attribute. */
export type Scalar = string | number | boolean | GuardedString;

/** The values of an attribute, normalised: always a list. An empty list means that it was read and has no value. */
export type Values = readonly Scalar[];

/** Attributes by schema name. A missing name was not read, or is not part of the request. */
export type Attributes = ReadonlyMap<string, Values>;

const integerMin = -(2 ** 31);

const integerMax = 2 ** 31 - 1;

/** The attribute types of ConnId that object classes use, each with a test for a JSON value. A secret may be guarded already. */
export const attributeTypes = {
  String: (value: unknown) => typeof value === 'string' && value.isWellFormed(),
  Boolean: (value: unknown) => typeof value === 'boolean',
  Integer: (value: unknown) =>
    Number.isInteger(value) && Number(value) >= integerMin && Number(value) <= integerMax,
  Long: (value: unknown) => Number.isSafeInteger(value),
  GuardedString: (value: unknown) =>
    value instanceof GuardedString || (typeof value === 'string' && value.isWellFormed()),
} as const;

/** Name of an attribute type. */
export type AttributeType = keyof typeof attributeTypes;

/** One row of an attribute table: the ConnId view of an attribute, independent of any API of the target. */
export interface AttributeDeclaration {
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued?: true;
  /** A create needs a value. */
  readonly required?: true;
  /** Default true. */
  readonly creatable?: false;
  /** Default true. */
  readonly updateable?: false;
  /** Default true. */
  readonly readable?: false;
  /** False if the attribute always needs a value. Default true. */
  readonly clearable?: false;
  /** The switch that clears it: by itself it always has a value. */
  readonly clearedWith?: string;
  readonly subtype?: '__STRING_CASE_IGNORE__';
  /** The target's name for an attribute with a special name such as `__NAME__`. */
  readonly nativeName?: string;
  readonly referencedObjectClassName?: string;
  /** The only values accepted on input. */
  readonly allowedValues?: readonly (string | number)[];
  /** The syntax of a value on input. Messages use `words` for it ("an e-mail address"). */
  readonly form?: { readonly pattern: RegExp; readonly words: string };
  /** Values that mean "no value" to the target. On input they count as no value. */
  readonly noValue?: readonly string[];
  /** Maps values with the same meaning to the same value. Every comparison of whole values uses it. */
  readonly canonical?: (value: string) => string;
  /** Filters ignore case when they compare parts of values, although no subtype declares it. */
  readonly caselessParts?: true;
  /** The values are points in time: ISO 8601 text, or milliseconds since 1970. They sort by time. */
  readonly instant?: true;
}

/** An attribute in the answer of Schema: its declaration, with a value for every flag. */
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
 * Maps a value to the one that represents all values equal to it: applies the declaration's `canonical`, and lower
 * case where the attribute ignores case.
 */
export function canonicalValue(declaration: AttributeDeclaration, value: Scalar): Scalar {
  if (typeof value !== 'string') return value;
  const canonical = declaration.canonical?.(value) ?? value;
  return declaration.subtype === '__STRING_CASE_IGNORE__' ? canonical.toLowerCase() : canonical;
}

/** The form of a value, or of a part of one, for comparing parts: lower case where the attribute ignores case. */
export function partValue({ caselessParts, subtype }: AttributeDeclaration, value: Scalar): Scalar {
  const ignoresCase = caselessParts === true || subtype === '__STRING_CASE_IGNORE__';
  return ignoresCase && typeof value === 'string' ? value.toLowerCase() : value;
}

/** True if two lists hold the same values. Order and repetitions do not matter. */
export function sameValues(declaration: AttributeDeclaration, left: Values, right: Values): boolean {
  const keys = new Set(left.map((value) => canonicalValue(declaration, value)));
  return keys.size === new Set(right.map((value) => canonicalValue(declaration, value))).size
    ? right.every((value) => keys.has(canonicalValue(declaration, value)))
    : false;
}
const dateTime = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Parses an ISO 8601 date (midnight UTC), or a date with time and zone.
 * @returns milliseconds since 1970; `undefined` for any other text.
 */
export function instantOf(text: string): number | undefined {
  const date = dateTime.exec(text)?.[1];
  if (date === undefined || !isDate(date)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** False for days that do not exist: `Date.parse` reads the 31st of June as the first of July. */
function isDate(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
