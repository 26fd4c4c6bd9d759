import type { IncomingMessage } from 'node:http';
import { routeTable } from '../routes.js';
import type { Family } from '../core/labels.js';
import type { Route } from './route.js';
import { createRouter, type Match } from './router.js';

/** A call, as far as its request line and headers describe it. */
export interface IdentifiedCall {
  readonly method: string;
  /** As sent, without the query. */
  readonly fullPath: string;
  /** Relative to the API's base. SCIM and token paths keep their prefix, as in Zoom's lists of endpoints. */
  readonly path: string;
  readonly api: 'rest' | 'scim' | 'oauth' | undefined;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly match: Match<Route> | undefined;
}

const router = createRouter(routeTable);

/** Finds the API and the route of a request. */
export function identify(request: IncomingMessage): IdentifiedCall {
  const [fullPath, search] = splitUrl(request.url ?? '/');
  const method = request.method ?? 'GET';
  const { authorization } = request.headers;
  const query = new URLSearchParams(search);
  const { api, path } = apiOf(fullPath);
  const match = api === 'rest' || api === 'scim' ? router.find(method, path) : undefined;
  return { method, fullPath, path, api, query, authorization, match };
}

/** The API family of a call; undefined for an unknown path. */
export function familyOf(call: IdentifiedCall): Family | 'oauth' | undefined {
  return call.match?.entry.family ?? call.api;
}

/** The path pattern of a call, for the log of calls and for faults. */
export function patternOf(call: IdentifiedCall): string | undefined {
  return call.api === 'oauth' ? call.path : call.match?.entry.path;
}

export function splitUrl(url: string): [path: string, search: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function apiOf(path: string): { api: IdentifiedCall['api']; path: string } {
  if (path.startsWith('/v2/')) return { api: 'rest', path: path.slice(3) };
  if (path.startsWith('/scim2/')) return { api: 'scim', path };
  if (path === '/oauth/token') return { api: 'oauth', path };
  return { api: undefined, path };
}
