import type { ConnectorError, Finding } from '../../../connid/errors.js';
import type { ZoomCall } from '../../kit/endpoint-table.js';
import { isAddress } from '../../kit/forms.js';
import type { AnswerBody } from './json-body.js';
import { cut, maxMessageBytes, maxNameBytes } from './zoom-text.js';

/** An answer over HTTP as plain data; header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

/** An error of Zoom, read from any of its envelopes; its texts and its list are cut to a bounded size. */
export interface ZoomFault {
  readonly status: number;
  readonly code?: number;
  readonly message: string;
  readonly errors: readonly Finding[];
  readonly trackingId?: string;
}

/** The failure of an attempt. */
export type Failure =
  /** Zoom answered with an error in JSON, or with an error status and no body. */
  | { readonly type: 'refused'; readonly fault: ZoomFault; readonly answer: Answer }
  /** The answer is not JSON, or empty where it must not be: an outage on the way. */
  | { readonly type: 'broken'; readonly answer: Answer }
  /** No answer. `sent` is false when the request surely did not reach Zoom; `host` is the one we tried, if known. */
  | { readonly type: 'io'; readonly code: string; readonly sent: boolean; readonly host?: string }
  /** The signal of the operation was aborted. */
  | { readonly type: 'cancelled' }
  /** An error of our own, found before sending or in the answer. */
  | { readonly type: 'own'; readonly error: ConnectorError };

/** A kind of {@link Failure} by its type. */
export type FailureOf<Type extends Failure['type']> = Extract<Failure, { type: Type }>;

/** The statuses that Zoom documents for success. Another 2xx, such as a partial answer, is none of Zoom's API. */
const successes: readonly number[] = [200, 201, 202, 204];

/**
 * Finds the failure in an answer.
 * A success with a `code` is an error unless the code is 0: Zoom answers some refusals with 200, see
 * https://developers.zoom.us/docs/api/errors/.
 * @returns `undefined` for success.
 */
export function failureOf(call: ZoomCall, answer: Answer): Failure | undefined {
  const { status, body } = answer;
  if (successes.includes(status)) {
    if (body.type === 'empty') {
      return call.endpoint.method === 'GET' ? { type: 'broken', answer } : undefined;
    }
    if (body.type === 'other' || !isRecord(body.value)) return { type: 'broken', answer };
    return hidesError(body.value) ? { type: 'refused', fault: readFault(answer), answer } : undefined;
  }
  if (status >= 200 && status < 300) return { type: 'broken', answer };
  // The status alone makes it a redirect, whatever the page says.
  const isRedirect = status >= 300 && status < 400;
  if (body.type === 'other' && !isRedirect) return { type: 'broken', answer };
  return { type: 'refused', fault: readFault(answer), answer };
}

/** Reads Zoom's error envelopes: REST `{code, message, errors}`, SCIM `{detail, status}` and the gateway's. */
export function readFault(answer: Answer): ZoomFault {
  const body = bodyOf(answer);
  const code = codeOf(answer);
  const message = firstText(body, ['message', 'detail', 'errorMessage', 'reason', 'error']);
  const trackingId = trackingIdOf(answer);
  return {
    status: answer.status,
    ...(code === undefined ? {} : { code }),
    message,
    errors: findings(body['errors']),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
}

/** Zoom's code in an answer, if there is one. */
export function codeOf(answer: Answer): number | undefined {
  const body = bodyOf(answer);
  return toCode(body['code'] ?? body['errorCode']);
}

function bodyOf({ body }: Answer): Readonly<Record<string, unknown>> {
  return body.type === 'json' && isRecord(body.value) ? body.value : {};
}

/** Zoom's codes for a token without the scope that the call needs. */
const missingScope: readonly number[] = [104, 4700, 4711];

/** True when Zoom says that the token lacks a scope. */
export function lacksScope({ code = 0, status }: ZoomFault): boolean {
  return missingScope.includes(code) && status >= 200 && status < 500;
}

/** Zoom's id of the answer, cut to a bounded size. */
export function trackingIdOf({ headers }: Answer): string | undefined {
  const trackingId = headers['x-zm-trackingid'];
  return trackingId === undefined ? undefined : cut(trackingId, maxNameBytes);
}

/**
 * True when the answer to a read by id is about another object than the requested one.
 * Zoom takes words such as `me` for ids. If such a word passes our checks, its object must not count as the requested.
 */
export function isOtherObject(call: ZoomCall, body: unknown): boolean {
  const requested = lastSegmentValue(call);
  if (requested === undefined || isAddress(requested) || !isRecord(body)) return false;
  const id = body['id'];
  return typeof id === 'string' && id !== '' && id !== requested;
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lastSegmentValue(call: ZoomCall): string | undefined {
  const { method, params, path } = call.endpoint;
  const name = /\{(\w+)\}$/.exec(path)?.[1];
  if (method !== 'GET' || name === undefined) return undefined;
  return params[name]?.names === 'object' ? call.params?.[name] : undefined;
}

function hidesError(body: Readonly<Record<string, unknown>>): boolean {
  if ('code' in body || 'errorCode' in body) return toCode(body['code'] ?? body['errorCode']) !== 0;
  const { schemas } = body;
  return Array.isArray(schemas) && schemas.includes(scimError);
}

/** Marks an error of SCIM, see https://www.rfc-editor.org/rfc/rfc7644#section-3.12. */
const scimError = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Zoom's codes are whole numbers, sometimes as text; anything else is no code. */
function toCode(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof code === 'number' && Number.isSafeInteger(code) && code >= 0 ? code : undefined;
}

function firstText(body: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const text = names.map((name) => body[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof text === 'string' ? cut(text, maxMessageBytes) : '';
}

/** The most entries of `errors` that we pass on. */
const maxFindings = 100;

function findings(errors: unknown): readonly Finding[] {
  if (!Array.isArray(errors)) return [];
  return errors
    .slice(0, maxFindings)
    .filter(isRecord)
    .map((entry) => ({
      path: cut(firstText(entry, ['field']), maxNameBytes),
      message: firstText(entry, ['message']),
    }));
}

/** The limit that a 429 is about, and its duration in milliseconds if Zoom says it. */
export interface LimitHit {
  /**
   * `label`: the rate of the label; `day`: the label's allowance of the day; `object`: concurrent requests on one
   * object; `objectDay`: the day's allowance of one user or of one call (password, e-mail, invitations).
   */
  readonly limit: 'label' | 'day' | 'object' | 'objectDay';
  /** Set on a used up day that no header of Zoom names. */
  readonly bySentence?: true;
  readonly retryAfterMs?: number;
}
