import { type Filter, parse } from 'scim2-parse-filter';
import type { World } from '../world.js';
import { scimError, urns } from './scim-error.js';

/** The requested part of a list; `start` counts from 1. */
interface Window {
  readonly start: number;
  readonly count: number;
}

const maximum = 100;

/** Reads `startIndex` and `count`. Zoom's documented default of `count` is 1. */
export function windowOf(world: World, query: URLSearchParams): Window {
  const start = Math.max(1, wholeNumber(world, query, 'startIndex') ?? 1);
  const count = Math.min(maximum, wholeNumber(world, query, 'count') ?? world.options.scimDefaultCount);
  return { start, count };
}

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

/** A comparison for equality, the only kind of filter that Zoom supports. */
interface Equality {
  readonly attribute: string;
  readonly value: string;
}

/** Reads `attribute eq value`, with or without quotes around the value. Returns undefined for any other filter. */
export function readEquality(text: string): Equality | undefined {
  return toEquality(tryParse(text) ?? tryParse(quoted(text)));
}

/** Returns the value in the path of a removal, `members[value eq "…"]`. */
export function readMemberPath(path: string): string | undefined {
  const filter = tryParse(path);
  if (filter?.op !== '[]' || !('valFilter' in filter) || filter.attrPath !== 'members') return undefined;
  const equality = toEquality(filter.valFilter);
  return equality?.attribute === 'value' ? equality.value : undefined;
}

function toEquality(filter: Filter | undefined): Equality | undefined {
  if (filter?.op !== 'eq' || !('compValue' in filter)) return undefined;
  return { attribute: filter.attrPath, value: unescaped(String(filter.compValue)) };
}

/** Decodes a value, which is a JSON string (RFC 7644, 3.4.2.2). The parser has only decoded `\"`. */
function unescaped(value: string): string {
  try {
    return String(JSON.parse(`"${value.replaceAll('"', '\\"')}"`));
  } catch {
    return value;
  }
}

function quoted(text: string): string {
  const [attribute = '', operator = '', ...rest] = text.trim().split(/\s+/);
  return `${attribute} ${operator} ${JSON.stringify(rest.join(' '))}`;
}

function tryParse(text: string): Filter | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
