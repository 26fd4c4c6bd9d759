import type { Call } from '../../connector/object-class/call.js';
import type { Endpoint, Method, Repeat } from '../../connector/object-class/endpoint.js';
import { ConnectorError } from '../../connid/errors.js';
import { isSegment, isSegmentKind, type Segment, segments } from './segments.js';

/** Zoom's APIs. Each has its own base URL or rate limits; SCIM may have credentials of its own. */
export const apis = ['rest', 'phone', 'scim'] as const;

/** One of Zoom's APIs. */
export type Api = (typeof apis)[number];

/** Zoom's rate limit labels, see https://developers.zoom.us/docs/api/rate-limits/. */
export const rateLabels = ['light', 'medium', 'heavy', 'resourceIntensive'] as const;

/** The rate limit label of an endpoint. */
export type RateLabel = (typeof rateLabels)[number];

/** An endpoint of Zoom. */
export interface ZoomEndpoint extends Endpoint {
  readonly api: Api;
  readonly label: RateLabel;
  /** The segment that each placeholder of the path stands for. */
  readonly params: Readonly<Record<string, Segment>>;
  /** Any one of these scopes suffices for the call. */
  readonly scopes: { readonly granular: readonly string[]; readonly classic: readonly string[] };
}

/** A call to Zoom. */
export interface ZoomCall extends Call {
  readonly endpoint: ZoomEndpoint;
}

type Row = readonly [
  route: `${Method} /${string}`,
  label: RateLabel,
  repeat: Repeat,
  granular: string,
  classic: string,
];

/**
 * A table of endpoints from rows of route, rate label, repeatability and scopes (space-separated alternatives).
 * @throws Error when a path has a placeholder that `segments` lacks: a mistake in the table.
 */
export function endpointTable<Id extends string>(
  api: Api,
  rows: Readonly<Record<Id, Row>>,
): Readonly<Record<Id, ZoomEndpoint>> {
  const table = {} as Record<Id, ZoomEndpoint>;
  for (const id in rows) {
    const [route, label, repeat, granular, classic] = rows[id];
    const [method, path] = route.split(' ') as [Method, string];
    const scopes = { granular: granular.split(' '), classic: classic.split(' ') };
    table[id] = { id, api, method, path, params: placeholders(path), label, repeat, scopes };
  }
  return table;
}

function placeholders(path: string): Record<string, Segment> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(
    names.map((name) => {
      if (!isSegmentKind(name)) throw new Error(`No segment kind for {${name}} in ${path}`);
      return [name, segments[name]];
    }),
  );
}

/**
 * The endpoint as one of Zoom: the connector, between the tables and the client, knows endpoints of any target.
 * @throws ConnectorError `unexpected` for an endpoint of another target.
 */
export function zoomEndpoint(endpoint: Endpoint): ZoomEndpoint {
  if (isZoomEndpoint(endpoint)) return endpoint;
  throw new ConnectorError('unexpected', `Internal error: ${endpoint.id} is not an endpoint of Zoom.`);
}

/** The call as one to Zoom, see {@link zoomEndpoint}. */
export function zoomCall(call: Call): ZoomCall {
  return { ...call, endpoint: zoomEndpoint(call.endpoint) };
}

function isZoomEndpoint(endpoint: Endpoint): endpoint is ZoomEndpoint {
  return (
    'scopes' in endpoint &&
    apis.some((api) => api === endpoint.api) &&
    rateLabels.some((label) => label === endpoint.label) &&
    Object.values(endpoint.params).every(isSegment)
  );
}
