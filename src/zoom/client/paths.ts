import { ConnectorError } from '../../connid/errors.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { Segment } from '../kit/segments.js';

/**
 * The path of a call relative to the API's base, checked and encoded, with its query.
 * Values are checked before they are encoded: URL normalisation swallows `..`, and words such as `me` and `summary`
 * have a meaning of their own for Zoom.
 * @throws ConnectorError `unknownUid` when a value cannot be the uid of the object it names, `invalidAttributeValue`
 *   when it cannot be the value of an attribute. The message does not repeat the value.
 */
export function requestPath(call: ZoomCall): string {
  const path = call.endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodedSegment(call, name));
  const query = queryString(call.query ?? {});
  return query === '' ? path : `${path}?${query}`;
}

function encodedSegment({ endpoint, params }: ZoomCall, name: string): string {
  const segment = endpoint.params[name];
  const value = params?.[name];
  if (segment === undefined || value === undefined) {
    throw new ConnectorError('unexpected', `The call ${endpoint.id} lacks its parameter ${name}.`);
  }
  if (!segment.accepts(value)) throw segmentError(segment);
  return encodeURIComponent(value);
}

function segmentError({ names, words }: Segment): ConnectorError {
  return names === 'object'
    ? new ConnectorError('unknownUid', `The uid is not ${words} in Zoom.`)
    : new ConnectorError('invalidAttributeValue', `The value is not ${words} in Zoom.`);
}

function queryString(query: NonNullable<ZoomCall['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.toString();
}
