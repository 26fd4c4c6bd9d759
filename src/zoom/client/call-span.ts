import { backOff } from '../../connector/traced-waits.js';
import type { Clock } from '../kit/clock.js';
import type { CallRun } from './call-run.js';
import type { Answer, Failure } from './errors/answer.js';
import type { ZoomClientOptions } from './options.js';

/**
 * Starts the span of an attempt. Its facts are those of the endpoint: the path without its values, no query, no body.
 * Names that begin with `zoom_connector` are ours, the others are OpenTelemetry's for calls over HTTP.
 */
export function startCallSpan(run: CallRun): void {
  const { id, label, method, path } = run.call.endpoint;
  run.attempts += 1;
  run.span = run.context.span?.start({
    name: `${method} ${path}`,
    kind: 'client',
    facts: {
      'http.request.method': method,
      'http.request.resend_count': run.attempts === 1 ? undefined : run.attempts - 1,
      'url.template': path,
      'zoom_connector.endpoint': id,
      'zoom_connector.rate_limit.label': label,
    },
  });
}

/** Ends the span of an attempt. */
export function endCallSpan({ failure, span }: CallRun, answer: Answer | undefined): void {
  if (span === undefined) return;
  const facts = { 'http.response.status_code': answer?.status };
  const isRefusal = answer !== undefined && answer.status >= 400;
  span.end({ facts, failure: isRefusal ? String(answer.status) : failure && failureName(failure) });
}

/** The failure of an attempt without a status that says it. */
function failureName(failure: Failure): string {
  switch (failure.type) {
    case 'io':
      return failure.code;
    case 'own':
      return failure.error.exception;
    default:
      return failure.type;
  }
}

/**
 * The header that passes the trace on to Zoom. Only this one: `tracestate` and `baggage` may hold what monitoring systems
 * and callers have put there, which is not Zoom's business.
 */
export function traceHeader(
  { span }: CallRun,
  { sendTraceparent }: ZoomClientOptions,
): Readonly<Record<string, string>> {
  const traceparent = sendTraceparent ? span?.traceparent : undefined;
  return traceparent === undefined ? {} : { traceparent };
}

/** Waits before a call is repeated; 0 for one that is repeated at once, which is no wait. */
export function waitingToRepeat({ context }: CallRun, ms: number, clock: Clock): Promise<void> {
  if (ms === 0) return clock.sleep(ms, context.signal);
  return backOff((pauseMs, signal) => clock.sleep(pauseMs, signal), ms, context);
}
