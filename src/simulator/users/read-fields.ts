import type { Unchecked } from '../core/json.js';
import { type FieldError, validationError } from '../http/api-error.js';
import type { Check } from './fields.js';

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
