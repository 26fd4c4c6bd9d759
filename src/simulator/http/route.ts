import type { Family, Label } from '../core/labels.js';
import type { World } from '../world.js';
import type { Reply } from './reply.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A call with its parameters, query and body. */
export interface Call {
  readonly world: World;
  /** Decoded values of the placeholders in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body, or undefined when there is none. */
  readonly body: unknown;
}

export type Handler = (call: Call) => Reply;

/** The complete description of one call that the simulator answers. */
export interface Route {
  readonly method: Method;
  /** Relative to the API's base, with `{placeholders}`. */
  readonly path: string;
  readonly family: Family;
  readonly label: Label;
  /** One of these scopes is enough, in either scope model. */
  readonly scopes: { readonly granular: readonly string[]; readonly classic: readonly string[] };
  readonly handler: Handler;
  /** The answer to an ignored write, if it is not 204. */
  readonly whenIgnored?: Handler;
}

type Row = readonly [
  route: `${Method} /${string}`,
  label: Label,
  granular: string,
  classic: string,
  handler: Handler,
  whenIgnored?: Handler,
];

/** Makes routes from table rows. Spaces separate the scopes of a row. */
export function routes(family: Family, rows: readonly Row[]): Route[] {
  return rows.map(([route, label, granular, classic, handler, whenIgnored]) => {
    const [method, path] = route.split(' ') as [Method, string];
    const scopes = { granular: granular.split(' '), classic: classic.split(' ') };
    const basics = { method, path, family, label, scopes, handler };
    return whenIgnored === undefined ? basics : { ...basics, whenIgnored };
  });
}

/** A granular scope and its `:admin` form for the whole account. One of them is enough. */
export function both(scope: string): string {
  return `${scope} ${scope}:admin`;
}

/** The value of a placeholder in the path. The router guarantees that it exists. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
