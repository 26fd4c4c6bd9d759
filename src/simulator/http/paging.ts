import { createPageToken } from '../core/ids.js';
import type { TokenEntry } from '../state/page-tokens.js';
import type { World } from '../world.js';
import { invalidField, zoomError } from './reply.js';

const defaultPageSize = 30;

/**
 * Reads `page_size`. The option `pageSizeOverMaximum` decides about a larger size than the maximum, because Zoom
 * does not document the answer.
 */
function pageSize(world: World, query: URLSearchParams, maximum: number): number {
  const size = wholeNumber(query, 'page_size') ?? defaultPageSize;
  if (size < 1) throw invalidField('page_size');
  if (size <= maximum) return size;
  if (world.options.pageSizeOverMaximum === 'refuse') throw invalidField('page_size');
  return maximum;
}

/** A query parameter that must be a whole number if given. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,15}$/.test(value)) throw invalidField(name);
  return Number(value);
}

/** True when a query parameter has the value `true`. */
export function isTrue(query: URLSearchParams, name: string): boolean {
  return query.get(name) === 'true';
}

/** A query parameter with a fixed set of values; the first one is the default. */
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

/** A mandatory query parameter. */
export function required(query: URLSearchParams, name: string, message: string): string {
  const value = query.get(name);
  if (value === null || value === '') throw zoomError(400, 300, message);
  return value;
}

/** One page of a listing. */
interface Page<T> {
  readonly rows: readonly T[];
  readonly size: number;
  readonly total: number;
  readonly token: string;
  readonly number: number;
}

/** The properties in which listings differ. */
interface Listing {
  /** Largest page. */
  readonly maximum: number;
  /** Tokens of one name are invalid for listings of another. */
  readonly name: string;
  /** Zoom's code for a bad token, with HTTP 400. Most listings use 300. */
  readonly badTokenCode?: number;
}

const tokenCapacity = 100_000;

const pagingParameters = new Set(['next_page_token', 'page_number']);

/**
 * Returns the page of a list that the query asks for. Like Zoom it takes no snapshot. A token is a position, so rows
 * added or removed during a walk shift others: a client misses them or gets them twice.
 * Source: https://developers.zoom.us/docs/api/using-zoom-apis/#pagination
 */
export function paginate<T>(
  world: World,
  query: URLSearchParams,
  rows: readonly T[],
  listing: Listing,
): Page<T> {
  const size = pageSize(world, query, listing.maximum);
  const binding = bindingOf(listing.name, query);
  const { offset, page } = startOf(world, query, { listing, binding, size });
  const end = offset + size;
  const token =
    end < rows.length
      ? issueToken(world, { binding, offset: nextOffset(world, offset, size), page: page + 1 })
      : '';
  const number = query.get('next_page_token') ? 1 : page;
  return { rows: rows.slice(offset, end), size, total: rows.length, token, number };
}

/** The paging members of most listings. */
export function pageView(page: Page<unknown>): Record<string, unknown> {
  return { page_size: page.size, total_records: page.total, next_page_token: page.token };
}

/** The paging members of listings that also count their pages. */
export function countedPage(page: Page<unknown>): Record<string, unknown> {
  return {
    page_count: Math.ceil(page.total / page.size),
    page_number: page.number,
    ...pageView(page),
  };
}

function bindingOf(name: string, query: URLSearchParams): string {
  const others = [...query].filter(([key, value]) => value !== '' && !pagingParameters.has(key));
  return `${name}?${others
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('&')}`;
}

function startOf(
  world: World,
  query: URLSearchParams,
  request: { listing: Listing; binding: string; size: number },
): { offset: number; page: number } {
  const token = query.get('next_page_token');
  if (!token) {
    const page = Math.max(1, wholeNumber(query, 'page_number') ?? 1);
    return { offset: (page - 1) * request.size, page };
  }
  const entry = world.pageTokens.get(token);
  if (entry?.binding !== request.binding || entry.expiresAt <= world.clock.now()) {
    const code = request.listing.badTokenCode ?? 300;
    throw zoomError(400, code, 'The next page token is invalid or expired.');
  }
  return entry;
}

function nextOffset(world: World, offset: number, size: number): number {
  const repeated = Math.min(world.options.repeatedRows, size - 1);
  return offset + size - repeated;
}

function issueToken(world: World, entry: Omit<TokenEntry, 'expiresAt'>): string {
  const now = world.clock.now();
  for (const [token, old] of world.pageTokens) {
    if (old.expiresAt > now && world.pageTokens.size < tokenCapacity) break;
    world.pageTokens.delete(token);
  }
  const token = createPageToken(world.random, entry.page);
  world.pageTokens.set(token, { ...entry, expiresAt: now + world.options.pageTokenLifeSeconds * 1000 });
  return token;
}
