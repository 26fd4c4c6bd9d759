import type { ZoomCall, ZoomEndpoint } from '../../kit/endpoint-table.js';
import { ConnectorError, type ErrorDetails, type UpstreamError } from '../../../connid/errors.js';
import {
  type Failure,
  type FailureOf,
  lacksScope,
  type LimitHit,
  trackingIdOf,
  type ZoomFault,
} from './answer.js';
import { type ErrorRow, rowApplies } from './error-row.js';
import { answerTooLarge } from '../../kit/page-refusals.js';
import { codeRows, statusRows, unknownAnswer } from './error-table.js';
import { interruptionHint, unreachable } from './io-failure.js';

/**
 * The error of a failed call for the caller: kind, hint, and Zoom's message under `upstream`. Our own message names
 * endpoints, statuses and codes only: Zoom's may contain addresses.
 */
export function failureError(call: ZoomCall, failure: Failure): ConnectorError {
  switch (failure.type) {
    case 'refused':
      return faultError(call.endpoint, failure.fault);
    case 'broken':
      return brokenError(call.endpoint, failure);
    case 'io':
      return ioError(call.endpoint, failure);
    case 'cancelled':
      return new ConnectorError('connectionBroken', `The operation was aborted during ${call.endpoint.id}.`);
    case 'own':
      return failure.error;
  }
}

/** Maps an error of Zoom: by code first, by status second, by text last. */
function faultError(endpoint: ZoomEndpoint, fault: ZoomFault): ConnectorError {
  const row = rowFor(endpoint, fault) ?? unknownAnswer;
  const details: ErrorDetails = {
    upstream: upstreamOf(fault),
    hint: row.hint,
    ...(fault.errors.length === 0 ? {} : { errors: fault.errors }),
  };
  return new ConnectorError(row.kind, faultSentence(endpoint, fault), details);
}

/** Calls limited per user and day. For other calls Zoom's message says so. */
const countedPerUser = ['updateUserEmail', 'updateUserPassword'];

const ofOneUser = /particular user/i;

/** The error of a 429 for which we do not wait. */
export function limitError(endpoint: ZoomEndpoint, fault: ZoomFault, hit: LimitHit): ConnectorError {
  const isCounted = countedPerUser.includes(endpoint.id) || ofOneUser.test(fault.message);
  const ofUser = hit.limit === 'objectDay' && isCounted;
  const message = ofUser
    ? `Zoom takes no more ${endpoint.id} for this user today.`
    : `A limit of Zoom leaves no room for ${endpoint.id} now.`;
  return new ConnectorError(ofUser ? 'preconditionFailed' : 'retryable', message, {
    hint: 'Repeat the operation after the time in "retryAfter".',
    retryAfter: Math.max(1, Math.ceil((hit.retryAfterMs ?? 1000) / 1000)),
    upstream: upstreamOf(fault),
  });
}

/** A fault as `ErrorDetails.upstream`. */
export function upstreamOf(fault: ZoomFault): UpstreamError {
  return {
    status: fault.status,
    ...(fault.code === undefined ? {} : { code: fault.code }),
    ...(fault.message === '' ? {} : { message: fault.message }),
    ...(fault.trackingId === undefined ? {} : { trackingId: fault.trackingId }),
  };
}

function rowFor(endpoint: ZoomEndpoint, fault: ZoomFault): ErrorRow | undefined {
  const { code, status } = fault;
  const applies = (row: ErrorRow): boolean => rowApplies(row.where, endpoint, fault);
  // Zoom's codes belong to answers of its API. Under other statuses something else may have written them.
  const isRead = code !== undefined && ((status >= 200 && status < 300) || (status >= 400 && status < 500));
  const byCode = isRead ? codeRows.filter((row) => row.codes.includes(code)) : [];
  return byCode.find(applies) ?? statusRows.find(applies);
}

function faultSentence(endpoint: ZoomEndpoint, fault: ZoomFault): string {
  const code = fault.code === undefined ? '' : `, code ${fault.code}`;
  const sentence = `Zoom refused ${endpoint.id} (HTTP ${fault.status}${code}).`;
  const scopes = missingScopes(endpoint, fault);
  return scopes === undefined ? sentence : `${sentence} The app lacks the scope ${scopes}.`;
}

/** The scopes that the refusal names, otherwise those of the call. */
function missingScopes(endpoint: ZoomEndpoint, fault: ZoomFault): string | undefined {
  if (!lacksScope(fault)) return undefined;
  const named = /scopes?:?\s*\[([\w:,\s-]+)\]/.exec(fault.message)?.[1];
  const single = /contain ([\w:-]+) scope/.exec(fault.message)?.[1];
  const listed = named?.split(',').map((scope) => scope.trim());
  const scopes = listed ?? (single === undefined ? undefined : [single]);
  return (scopes ?? [...endpoint.scopes.granular, ...endpoint.scopes.classic]).join(' or ');
}

/** Hints by the status of a page that does not come from Zoom's API. */
const brokenHints: Readonly<Record<number, string>> = {
  200: 'Something else than Zoom answers: check service.serviceUrl, service.scimUrl and the proxy (rest.proxy).',
  403: 'Something between Zoom and us refuses the call: check firewall and proxy (rest.proxy).',
  404: 'Something else than Zoom answers: check service.serviceUrl, service.scimUrl and the proxy (rest.proxy).',
  407: 'The proxy wants credentials: give them in the URL of rest.proxy.',
};

function brokenError(endpoint: ZoomEndpoint, { answer }: FailureOf<'broken'>): ConnectorError {
  const trackingId = trackingIdOf(answer);
  const message = `The answer to ${endpoint.id} is not Zoom's JSON (HTTP ${answer.status}).`;
  return new ConnectorError('connectorIO', message, {
    hint: brokenHints[answer.status] ?? 'Zoom or a proxy on the way has trouble; see https://status.zoom.us.',
    upstream: { status: answer.status, ...(trackingId === undefined ? {} : { trackingId }) },
  });
}

const hugeHint =
  'The service reads 16 MiB of an answer and 1 MiB of one with a token: check the proxy (rest.proxy) and the URLs of ' +
  'the service. If a list is so large, lower results.importBatchSize.';

/** The error of an attempt without an answer, so without `upstream`. */
function ioError(endpoint: ZoomEndpoint, { code, host = 'its host', sent }: FailureOf<'io'>): ConnectorError {
  if (code === answerTooLarge) {
    const message = `The answer to ${endpoint.id} is larger than any of Zoom (${code}).`;
    return new ConnectorError('connectorIO', message, { hint: hugeHint });
  }
  const cause = sent ? undefined : unreachable(code);
  if (cause !== undefined) {
    const message = `Zoom cannot be reached for ${endpoint.id}: ${cause.reason(host)} (${code}).`;
    return new ConnectorError('connectionFailed', message, { hint: cause.hint });
  }
  const message = `The connection to Zoom failed during ${endpoint.id} (${code}).`;
  return new ConnectorError('connectionBroken', message, { hint: interruptionHint(code) });
}
