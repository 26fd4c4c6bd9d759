import type { World } from '../world.js';
import { scimError } from './scim-error.js';
import { urns } from './urns.js';

/** The part of a list that a query asks for, with 1-based positions. */
interface Window {
  readonly start: number;
  readonly count: number;
}

const maximum = 100;

/** Reads `startIndex` and `count`; Zoom's documented default of `count` is 1. */
export function windowOf(world: World, query: URLSearchParams): Window {
  const start = Math.max(1, wholeNumber(world, query, 'startIndex') ?? 1);
  const count = Math.min(maximum, wholeNumber(world, query, 'count') ?? world.options.scimDefaultCount);
  return { start, count };
}

/** A list response. */
export function listReply(
  total: number,
  start: number,
  resources: readonly unknown[],
): Record<string, unknown> {
  return {
    schemas: [urns.list],
    totalResults: total,
    startIndex: start,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function wholeNumber(world: World, query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,9}$/.test(value)) throw scimError(world, 400, `The "${name}" of the request is invalid.`);
  return Number(value);
}
