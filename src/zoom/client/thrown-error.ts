import { isAxiosError } from 'axios';
import { ConnectorError, toConnectorError } from '../../connid/errors.js';
import type { CallRun } from './call-run.js';
import { failureError } from './failure-errors.js';
import type { TargetWatch } from './target-watch.js';

/**
 * The error a call ends with. Errors of axios are never passed on, not even as a cause: they carry the token and the
 * body of the request.
 */
export function thrownError(run: CallRun, thrown: unknown, watch: TargetWatch, now: number): ConnectorError {
  const { signal } = run.context;
  if (signal.aborted) return abortError(run, signal.reason);
  if (thrown instanceof ConnectorError) {
    if (thrown.kind === 'connectionFailed')
      watch.failed(thrown.message, thrown.details.upstream?.status ?? 0, now);
    return thrown;
  }
  if (run.failure !== undefined) return failureError(run.call, run.failure);
  return isAxiosError(thrown)
    ? new ConnectorError(
        'unexpected',
        `The request ${run.call.endpoint.id} could not be made (${String(thrown.code)}).`,
      )
    : toConnectorError(thrown);
}

/** Whoever aborts may say why with an error of ours; a deadline is known by its name. */
function abortError({ call }: CallRun, reason: unknown): ConnectorError {
  if (reason instanceof ConnectorError) return reason;
  // By its name: what AbortSignal.timeout gives is not always an instance of this realm's Error.
  const timedOut = (reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
  return timedOut
    ? new ConnectorError('timeout', `The operation took too long; it ended during ${call.endpoint.id}.`)
    : failureError(call, { type: 'cancelled' });
}
