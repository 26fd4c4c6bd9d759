import type { World } from '../world.js';
import { invalidField, zoomError } from './api-error.js';

/** Size limits of a listing. */
export interface PageLimits {
  readonly maximum: number;
  readonly standard?: number;
}

/**
 * Reads `page_size`. Above the maximum it is clamped, or refused when the option says so; Zoom's documents do
 * not tell.
 */
export function pageSize(world: World, query: URLSearchParams, limits: PageLimits): number {
  const given = wholeNumber(query, 'page_size') ?? limits.standard ?? 30;
  if (given < 1) throw invalidField('page_size');
  if (given <= limits.maximum) return given;
  if (world.options.pageSizeOverMaximum === 'refuse') throw invalidField('page_size');
  return limits.maximum;
}

/** A query parameter that must be a whole number when it is given. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,15}$/.test(value)) throw invalidField(name);
  return Number(value);
}

/** A query parameter of true or false. */
export function truth(query: URLSearchParams, name: string): boolean {
  return query.get(name) === 'true';
}

/** A query parameter with a fixed set of values. */
export function choice<T extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly [T, ...T[]],
): T {
  const value = query.get(name);
  if (value === null || value === '') return values[0];
  const found = values.find((item) => item === value);
  if (found === undefined) throw invalidField(name);
  return found;
}

/** A query parameter that must be there. */
export function required(query: URLSearchParams, name: string, message: string): string {
  const value = query.get(name);
  if (value === null || value === '') throw zoomError(400, 300, message);
  return value;
}
