import { whileWaiting } from '../../connector/traced-waits.js';
import { momentOf } from '../kit/clock.js';
import type { LoopPolicy } from './attempt-loop.js';
import type { CallRun } from './call-run.js';
import { endCallSpan, startCallSpan, traceHeader, waitingToRepeat } from './call-span.js';
import type { Slot } from './pacing/pacer.js';
import { noteLimit, type PolicyParts, recover } from './recovery.js';

/** The policy for calls to Zoom's APIs: token, pacing, accounting, repetition. */
export function createPolicy(parts: PolicyParts): LoopPolicy {
  const slots = new WeakMap<CallRun, Slot>();
  return {
    timeoutMs: parts.options.requestTimeoutMs,
    prepare: async (run) => {
      slots.set(run, await acquireSlot(parts, run));
      run.sentAt = momentOf(parts.dependencies.clock);
      run.context.trace.calls += 1;
      startCallSpan(run);
      return headers(run, parts);
    },
    finished: (run, answer) => {
      if (answer !== undefined) noteLimit(parts, run, answer);
      slots.get(run)?.release(answer);
      parts.watch.compareClocks(answer?.headers['date'], run.sentAt.epoch, parts.dependencies.clock.now());
      report(parts, run, answer?.status ?? 0);
      endCallSpan(run, answer);
    },
    pause: (run, ms) => waitingToRepeat(run, ms, parts.dependencies.clock),
    again: (run, failure) => recover(parts, run, failure),
  };
}

/** Gets the token before the slot: a slot that waits for a token would be lost to other requests. */
async function acquireSlot(parts: PolicyParts, run: CallRun): Promise<Slot> {
  const { call, context } = run;
  const { signal, span } = context;
  const tokens = parts.tokens(call);
  await whileWaiting(context, 'token', () => tokens.get(signal, span));
  const slot = await parts.pacer.acquire(call.endpoint, context, parts.options.maxWaitMs - run.waitedMs);
  run.waitedMs += slot.waitedMs;
  try {
    run.token = (await tokens.get(signal, span)).value;
    if (call.endpoint.method !== 'GET') await context.confirm?.();
    // A slot may be granted in the moment in which the caller leaves.
    signal.throwIfAborted();
    return slot;
  } catch (error) {
    slot.release();
    throw error;
  }
}

function headers(run: CallRun, { options }: PolicyParts): Record<string, string> {
  const { call, token } = run;
  return {
    Authorization: `Bearer ${token}`,
    Accept: call.endpoint.api === 'scim' ? 'application/scim+json, application/json' : 'application/json',
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...traceHeader(run, options),
  };
}

function report({ dependencies, watch }: PolicyParts, run: CallRun, status: number): void {
  const { endpoint } = run.call;
  const now = momentOf(dependencies.clock);
  const ms = now.monotonic - run.sentAt.monotonic;
  dependencies.metrics.targetCall({
    endpoint: endpoint.id,
    label: endpoint.label,
    status: status || 'error',
    durationMs: ms,
  });
  dependencies.logger.debug('zoom call', {
    endpoint: endpoint.id,
    status,
    ms: Math.round(ms * 10) / 10,
    why: run.call.why,
    ...run.span?.ids,
  });
  if (status > 0 && status < 500) watch.answered(now.epoch);
}
