import { isAxiosError } from 'axios';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import { GuardedString } from '../../connid/guarded-string.js';
import type { CallRun } from './call-run.js';
import { failureError, upstreamOf } from './errors/failure-errors.js';
import { secretMask } from './errors/zoom-text.js';
import { isLimit } from './pacing/rate-answer.js';
import type { TargetWatch } from './target-watch.js';

/** The guarded strings of a body, revealed. */
function secretsIn(value: unknown): readonly string[] {
  if (value instanceof GuardedString) return [value.reveal()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}

/** Zoom takes no shorter passwords. */
const shortestQuoted = 8;

/** The error with secrets masked in everything that may come from Zoom: a service may repeat what we sent. */
export function withSecretsMasked(error: ConnectorError, secrets: readonly string[]): ConnectorError {
  const { errors, upstream } = error.details;
  if (upstream === undefined) return error;
  const mask = secretMask(secrets);
  const { message, trackingId } = upstream;
  // Our own sentence may quote a name from Zoom's text, such as a scope. Short secrets may be words of ours.
  const maskInSentence = secretMask(secrets.filter(({ length }) => length >= shortestQuoted));
  return new ConnectorError(error.kind, maskInSentence(error.message), {
    ...error.details,
    upstream: {
      ...upstream,
      ...(message !== undefined && { message: mask(message) }),
      ...(trackingId !== undefined && { trackingId: mask(trackingId) }),
    },
    ...(errors !== undefined && {
      errors: errors.map((finding) => ({ path: mask(finding.path), message: mask(finding.message) })),
    }),
  });
}

/**
 * The error that ends a call. Errors of axios are never passed on, not even as a cause: they contain the token and the
 * body of the request.
 * @param thrown - `undefined` when an answer ended the call; then `run.failure` is its failure.
 */
export function finalError(run: CallRun, thrown: unknown, watch: TargetWatch, now: number): ConnectorError {
  const bare = bareError(run, thrown);
  const error = withSecretsMasked(bare, [run.token, ...secretsIn(run.call.body)]);
  if (thrown === bare && error.kind === 'connectionFailed') {
    watch.failed(error.message, error.details.upstream?.status ?? 0, now);
  }
  const unknownOutcome =
    run.call.endpoint.method !== 'GET' && (run.lost !== undefined || run.failure?.type === 'cancelled');
  if (!unknownOutcome) return error;
  const details = { ...error.details, mayHaveHappened: true } as const;
  return new ConnectorError(error.kind, `${error.message} ${outcomeUnknown}`, details);
}

/** Added to the error of a change whose answer was lost. */
const outcomeUnknown = 'It is unknown whether the change took effect.';

function bareError(run: CallRun, thrown: unknown): ConnectorError {
  const { signal } = run.context;
  if (signal.aborted) return abortError(run, signal.reason);
  if (thrown instanceof ConnectorError) return withLimitOf(run, thrown);
  if (run.failure !== undefined) return failureError(run.call, run.failure);
  if (!isAxiosError(thrown)) return toConnectorError(thrown);
  return new ConnectorError(
    'unexpected',
    `${run.call.endpoint.id} could not be sent (${String(thrown.code)}).`,
  );
}

/** Adds the 429 to the error of a wait that became too long after it. */
function withLimitOf({ failure }: CallRun, error: ConnectorError): ConnectorError {
  const limited = error.kind === 'retryable' && failure?.type === 'refused' && isLimit(failure.fault);
  return limited ? error.with({ upstream: upstreamOf(failure.fault) }) : error;
}

/** The reason of an abort: an error of ours, a deadline, or neither. */
function abortError({ call }: CallRun, reason: unknown): ConnectorError {
  if (reason instanceof ConnectorError) return reason;
  // By its name, because the error of AbortSignal.timeout is not always an instance of this realm's Error.
  const timedOut = (reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
  return timedOut
    ? new ConnectorError('timeout', `The operation took too long; it ended during ${call.endpoint.id}.`)
    : failureError(call, { type: 'cancelled' });
}
