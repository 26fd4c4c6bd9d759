import { momentOf } from '../kit/clock.js';
import type { LoopPolicy } from './attempt-loop.js';
import type { CallRun } from './call-run.js';
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
      return headers(run);
    },
    finished: (run, answer) => {
      if (answer !== undefined) noteLimit(parts, run, answer);
      slots.get(run)?.release(answer);
      parts.watch.compareClocks(answer?.headers['date'], run.sentAt.epoch, parts.dependencies.clock.now());
      report(parts, run, answer?.status ?? 0);
    },
    pause: (ms, signal) => parts.dependencies.clock.sleep(ms, signal),
    again: (run, failure) => recover(parts, run, failure),
  };
}

/** Gets the token before the slot: a slot that waits for a token would be lost to other requests. */
async function acquireSlot(parts: PolicyParts, run: CallRun): Promise<Slot> {
  const { call, context } = run;
  const tokens = parts.tokens(call);
  await tokens.get(context.signal);
  const slot = await parts.pacer.acquire(call.endpoint, context, parts.options.maxWaitMs - run.waitedMs);
  run.waitedMs += slot.waitedMs;
  try {
    run.token = (await tokens.get(context.signal)).value;
    if (call.endpoint.method !== 'GET') await context.confirm?.();
    return slot;
  } catch (error) {
    slot.release();
    throw error;
  }
}

function headers({ call, token }: CallRun): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: call.endpoint.api === 'scim' ? 'application/scim+json, application/json' : 'application/json',
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
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
  });
  if (status > 0 && status < 500) watch.answered(now.epoch);
}
