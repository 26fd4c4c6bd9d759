import type { Call } from '../../connector/call.js';
import type { Failure } from './answer.js';
import type { LoopPolicy } from './attempt-loop.js';
import type { CallRun } from './call-run.js';
import { failureError, limitError } from './failure-errors.js';
import type { ClientDependencies, ZoomClientOptions } from './options.js';
import type { Pacer } from './pacer.js';
import { limitHit, type LimitHit } from './rate-answer.js';
import { backoffMs, decideRetry, isAmbiguous, type RetryDecision } from './retry.js';
import type { TargetWatch } from './target-watch.js';
import type { TokenSource } from './token-source.js';

/** Milliseconds one call may spend on repetitions, waits for rate limits not counted. */
const totalMs = 120_000;

/** What the attempts of calls need. */
export interface PolicyParts {
  readonly options: ZoomClientOptions;
  readonly dependencies: ClientDependencies;
  readonly watch: TargetWatch;
  readonly pacer: Pacer;
  /** Where the call gets its token from. */
  readonly tokens: (call: Call) => TokenSource;
}

interface Repetition {
  readonly afterMs: number;
}

/** How calls to Zoom's APIs are attempted: token, pacing, accounting, repetition. */
export function createPolicy(parts: PolicyParts): LoopPolicy {
  const departures = new WeakMap<CallRun, () => void>();
  return {
    timeoutMs: parts.options.requestTimeoutMs,
    prepare: async (run) => {
      const tokens = parts.tokens(run.call);
      await tokens.get(run.context.signal);
      departures.set(run, await parts.pacer.depart(run));
      try {
        run.token = (await tokens.get(run.context.signal)).value;
      } catch (error) {
        departures.get(run)?.();
        throw error;
      }
      run.sentAt = parts.dependencies.clock.now();
      run.context.trace.calls += 1;
      return headers(run);
    },
    finished: (run, status) => {
      departures.get(run)?.();
      report(parts, run, status);
    },
    again: (run, failure) => Promise.resolve(repeat(parts, run, failure)),
  };
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
  const now = dependencies.clock.now();
  const ms = now - run.sentAt;
  dependencies.metrics.zoomCall({
    endpoint: endpoint.id,
    label: endpoint.label,
    status: status || 'error',
    durationMs: ms,
  });
  dependencies.logger.debug('zoom call', { endpoint: endpoint.id, status, ms, why: run.call.why });
  if (status > 0 && status < 500) watch.answered(now);
}

function repeat(parts: PolicyParts, run: CallRun, failure: Failure): Repetition | undefined {
  const now = parts.dependencies.clock.now();
  const hit = hitOf(run, failure, now);
  if (isAmbiguous(failure)) run.ambiguous = true;
  noteOutage(parts.watch, run.call, failure, now);
  const decision = withinMaxWait(decide(parts, run, failure, hit), hit, run, parts.options.maxWaitMs);
  if (decision === 'renewToken') parts.tokens(run.call).drop(run.token);
  if (decision === 'fail' && hit !== undefined) run.failure = limitFailure(run, failure, hit);
  return nextTry(run, decision, hit, parts.dependencies.random);
}

function decide(
  parts: PolicyParts,
  run: CallRun,
  failure: Failure,
  hit: LimitHit | undefined,
): RetryDecision {
  return decideRetry({
    failure,
    ...(hit === undefined ? {} : { hit }),
    repeat: run.call.endpoint.repeat,
    tries: run.tries,
    ioErrorRetries: parts.options.ioErrorRetries,
    tokenRenewable: parts.tokens(run.call).renewable,
    leftMs: run.startedAt + totalMs + run.waitedMs - parts.dependencies.clock.now(),
  });
}

function withinMaxWait(
  decision: RetryDecision,
  hit: LimitHit | undefined,
  run: CallRun,
  maxWaitMs: number,
): RetryDecision {
  if (decision !== 'awaitLabel') return decision;
  run.waitedMs += hit?.retryAfterMs ?? 1000;
  return run.waitedMs > maxWaitMs ? 'fail' : decision;
}

function noteOutage(watch: TargetWatch, call: Call, failure: Failure, now: number): void {
  if (failure.type !== 'io' && failure.type !== 'broken') return;
  watch.failed(failureError(call, failure).message, failure.type === 'io' ? 0 : failure.answer.status, now);
}

function nextTry(
  run: CallRun,
  decision: RetryDecision,
  hit: LimitHit | undefined,
  random: () => number,
): Repetition | undefined {
  switch (decision) {
    case 'fail':
    case 'look':
      return undefined;
    case 'renewToken':
      run.tries.token += 1;
      return { afterMs: 0 };
    case 'awaitLabel':
    case 'awaitObject':
      run.tries.object += 1;
      return { afterMs: hit?.retryAfterMs ?? 500 + backoffMs(run.tries.object, random()) };
    case 'again':
      run.tries.io += 1;
      return { afterMs: backoffMs(run.tries.io - 1, random()) };
  }
}

function hitOf(run: CallRun, failure: Failure, now: number): LimitHit | undefined {
  if (failure.type !== 'refused' || failure.fault.status !== 429) return undefined;
  return limitHit(run.call.endpoint, failure.answer, failure.fault, { dailyLabel: true, now });
}

function limitFailure(run: CallRun, failure: Failure, hit: LimitHit): Failure {
  if (failure.type !== 'refused') return failure;
  const error = limitError(run.call.endpoint, failure.fault, hit, hit.retryAfterMs ?? 1000);
  return { type: 'own', error };
}
