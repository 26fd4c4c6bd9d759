import axios, { type AxiosInstance, type AxiosProxyConfig } from 'axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ConnectorError } from '../../connid/errors.js';
import type { AnswerBudget } from './answer-budget.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { Segment } from '../kit/segments.js';
import type { Answer } from './errors/answer.js';
import type { AnswerBody } from './errors/json-body.js';
import { httpAdapter, usedHeaders } from './http-adapter.js';
import { boundedAdapter } from './read-answer.js';

/** Defaults of axios that no request of ours needs. It would copy and check each of them for every request. */
const unusedDefaults = [
  'env',
  'headers',
  'maxBodyLength',
  'maxContentLength',
  'timeout',
  'transitional',
  'xsrfCookieName',
  'xsrfHeaderName',
];

/** An axios instance and its open connections. */
export interface Transport {
  readonly http: AxiosInstance;
  close(): void;
}

/**
 * HTTP towards Zoom. Connections are kept open. Redirects are not followed, because they would carry our credentials
 * elsewhere. Every status is an answer. Requests have texts as bodies.
 * @param budget - bounds what the answers hold.
 * @param proxy - URL of an HTTP proxy; those of the environment variables are not used.
 */
export function createTransport(budget: AnswerBudget, proxy?: string): Transport {
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  const untouched = { transformRequest: [], transformResponse: [] };
  const http = axios.create(
    proxy === undefined
      ? { ...untouched, adapter: boundedAdapter(budget, httpAdapter(httpAgent, httpsAgent)) }
      : {
          ...untouched,
          adapter: boundedAdapter(budget, axios.getAdapter('http')),
          responseType: 'stream',
          httpAgent,
          httpsAgent,
          proxy: proxyConfig(proxy),
          maxRedirects: 0,
          validateStatus: () => true,
        },
  );
  for (const name of unusedDefaults) Reflect.deleteProperty(http.defaults, name);
  return {
    http,
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** The parts of an axios response that the client uses. */
export function toAnswer(response: { status: number; headers: object; data: unknown }): Answer {
  const { data, headers, status } = response;
  return { status, headers: usedHeaders(headers), body: data as AnswerBody };
}

/** The secrets in the URL of a proxy, which it may repeat. */
export function proxySecrets(proxy: string | undefined): readonly string[] {
  const { username, password } = proxy === undefined ? {} : (proxyConfig(proxy).auth ?? {});
  return password === undefined || password === '' ? [] : [password, `${username}:${password}`];
}

function proxyConfig(proxy: string): AxiosProxyConfig {
  const url = new URL(proxy);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const auth = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return { protocol: url.protocol, host: url.hostname, port, ...(url.username === '' ? {} : { auth }) };
}

/**
 * The path of a call relative to the API's base, checked and encoded, with its query.
 * Values are checked before they are encoded: URL normalisation swallows `..`, and words such as `me` and `summary`
 * have a meaning of their own for Zoom.
 * @throws ConnectorError `unknownUid` when a value cannot be the uid of the object it names, `invalidAttributeValue`
 *   when it cannot be the value of an attribute. The message does not repeat the value.
 */
export function requestPath(call: ZoomCall): string {
  const path = call.endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodedSegment(call, name));
  const query = call.query === undefined ? '' : queryString(call.query);
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
