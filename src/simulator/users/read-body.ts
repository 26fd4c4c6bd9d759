import { type FieldError, validationError } from '../http/api-error.js';
import type { Check } from './fields.js';

/** A JSON object whose members are still unchecked. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** The members of a value, none if it is not an object. */
export function membersOf(value: unknown): Unchecked {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked) : {};
}

/**
 * Takes the known members out of a body; unknown members and nulls are ignored, as Zoom does.
 * @throws ApiError 400/300 that lists every member whose value is wrong.
 */
export function readFields(body: Unchecked, checks: Readonly<Record<string, Check>>, prefix = ''): Unchecked {
  const errors: FieldError[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(checks)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (check(value)) values[name] = value;
    else errors.push({ field: `${prefix}${name}`, message: 'Invalid field.' });
  }
  if (errors.length > 0) throw validationError(errors);
  return values;
}
