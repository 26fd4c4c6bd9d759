import { type Call, openSession } from '../../connector/object-class/call.js';
import { ConnectorError } from '../../connid/errors.js';
import { whileWaiting } from '../../connector/traced-waits.js';
import { momentOf } from '../kit/clock.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { CallRun, Repetition } from './call-run.js';
import { waitingToRepeat } from './call-span.js';
import { type Answer, type Failure, failureOf, type LimitHit, readFault } from './errors/answer.js';
import { failureError, limitError } from './errors/failure-errors.js';
import type { ClientDependencies, ZoomClientOptions } from './options.js';
import { maxHeededMs } from './pacing/lane.js';
import type { Pacer } from './pacing/pacer.js';
import { isLimit, limitHit, readRetryAfter } from './pacing/rate-answer.js';
import { backoffMs, decideRetry, isAmbiguous, type RetryDecision } from './retry.js';
import type { TargetWatch } from './target-watch.js';
import type { TokenSource } from './token-source.js';

/** The parts that the attempts of calls use. */
export interface PolicyParts {
  readonly options: ZoomClientOptions;
  readonly dependencies: ClientDependencies;
  readonly watch: TargetWatch;
  readonly pacer: Pacer;
  /** The source of a call's token. */
  readonly tokens: (call: ZoomCall) => TokenSource;
  /** Makes another call, to find out whether a lost one has taken effect. */
  readonly send: (call: Call, context: CallRun['context']) => Promise<unknown>;
}

/** Milliseconds that one call may spend on repetitions, apart from waits for rate limits. */
const totalMs = 120_000;

/**
 * Carries out the decision of {@link decideRetry} about a failed attempt.
 * @returns the repetition; `undefined` when the call ends, with `run.settled` or `run.failure` as its outcome.
 */
export async function recover(
  parts: PolicyParts,
  run: CallRun,
  failure: Failure,
): Promise<Repetition | undefined> {
  const hit = hitOf(parts, run, failure);
  noteOutage(parts, run, failure);
  const decision = decide(parts, run, failure, hit);
  if (isAmbiguous(failure)) run.lost = failure;
  parts.dependencies.logger.debug('zoom call failed', {
    endpoint: run.call.endpoint.id,
    type: failure.type,
    decision,
    ...run.context.span?.ids,
  });
  return carryOut(decision, { parts, run, failure, hit });
}

interface Situation {
  readonly parts: PolicyParts;
  readonly run: CallRun;
  readonly failure: Failure;
  readonly hit: LimitHit | undefined;
}

const endings: Readonly<
  Record<RetryDecision, (situation: Situation) => Repetition | undefined | Promise<Repetition | undefined>>
> = {
  fail: ({ run, failure, hit }) => {
    run.failure = hit === undefined ? failure : limitFailure(run, failure, hit);
    return undefined;
  },
  settled: ({ run }) => {
    run.settled = { answer: undefined };
    return undefined;
  },
  renewToken: ({ parts, run }) => {
    parts.tokens(run.call).drop(run.token);
    run.tries.token += 1;
    return { afterMs: 0 };
  },
  tryScopes: async ({ parts, run }) => {
    run.tries.scope += 1;
    const { signal, span } = run.context;
    const tokens = parts.tokens(run.call);
    const replaced = await whileWaiting(run.context, 'token', () => tokens.replace(run.token, signal, span));
    return replaced ? { afterMs: 0 } : undefined;
  },
  // The pacer knows of the pause and makes the next attempt wait.
  awaitLabel: () => ({ afterMs: 0 }),
  awaitObject: ({ parts, run, hit }) => {
    run.tries.object += 1;
    const own = 500 + backoffMs(run.tries.object, parts.dependencies.random());
    return { afterMs: Math.min(hit?.retryAfterMs ?? own, maxHeededMs) };
  },
  again: (situation) => ({ afterMs: nextBackoff(situation) }),
  look,
};

async function carryOut(decision: RetryDecision, situation: Situation): Promise<Repetition | undefined> {
  return endings[decision](situation);
}

/** Waits, then finds out whether the lost call has taken effect: settled if so, otherwise repeated or failed. */
async function look(situation: Situation): Promise<Repetition | undefined> {
  const { parts, run, failure } = situation;
  await waitingToRepeat(run, nextBackoff(situation), parts.dependencies.clock);
  const found = await lookUp(parts, run);
  if (found === 'unknown') {
    // The refusal may result from our own earlier success, so we report the lost answer instead.
    run.failure = run.lost ?? failure;
    return undefined;
  }
  if (found.happened !== undefined) {
    run.settled = { answer: found.happened };
    return undefined;
  }
  if (!isAmbiguous(failure)) run.lost = undefined;
  const isOver = run.tries.io > parts.options.ioErrorRetries || leftMs(parts, run) <= 0;
  return isOver || run.lost === undefined ? undefined : { afterMs: 0 };
}

async function lookUp(
  parts: PolicyParts,
  { call: { lookFirst }, context }: CallRun,
): Promise<{ readonly happened: unknown } | 'unknown'> {
  if (lookFirst === undefined) return 'unknown';
  try {
    return { happened: await lookFirst(openSession(parts, context)) };
  } catch (error) {
    const absent = error instanceof ConnectorError && error.kind === 'unknownUid';
    return absent ? { happened: undefined } : 'unknown';
  }
}

function decide(
  parts: PolicyParts,
  run: CallRun,
  failure: Failure,
  hit: LimitHit | undefined,
): RetryDecision {
  const { options, tokens } = parts;
  return decideRetry({
    failure,
    ...(hit === undefined ? {} : { hit }),
    method: run.call.endpoint.method,
    repeat: run.call.endpoint.repeat,
    lost: run.lost !== undefined,
    tries: run.tries,
    ioErrorRetries: options.ioErrorRetries,
    tokenRenewable: tokens(run.call).renewable,
    leftMs: leftMs(parts, run),
  });
}

/** Milliseconds left for repetitions. */
function leftMs({ dependencies: { clock } }: PolicyParts, run: CallRun): number {
  return run.startedAt.monotonic + totalMs + run.waitedMs - momentOf(clock).monotonic;
}

/**
 * Full jitter, but never sooner than Zoom's `Retry-After` in an outage. The first repetition after a dropped connection
 * comes at once: Zoom closes connections that were idle, and then a new one works.
 */
function nextBackoff({ parts, run, failure }: Situation): number {
  const isFirstDrop = run.tries.io === 0 && isDropped(failure);
  const own = isFirstDrop ? 0 : backoffMs(run.tries.io, parts.dependencies.random());
  run.tries.io += 1;
  const headers = answerOf(failure)?.headers ?? {};
  const advised = readRetryAfter(headers['retry-after'], parts.dependencies.clock.now()) ?? 0;
  return Math.max(own, Math.min(advised, maxAdvisedMs));
}

function isDropped(failure: Failure): boolean {
  return failure.type === 'io' && failure.sent && failure.code !== 'timeout';
}

/** The longest wait in an outage, whatever `Retry-After` says. */
const maxAdvisedMs = 30_000;

/** Passes the limit of a refusal to the pacer. Called before the slot of the request is released. */
export function noteLimit(parts: PolicyParts, run: CallRun, answer: Answer): void {
  const failure = failureOf(run.call, answer);
  const hit = failure === undefined ? undefined : hitOf(parts, run, failure);
  if (hit !== undefined) parts.pacer.noteLimit(run.call.endpoint, hit);
}

function hitOf({ pacer, dependencies }: PolicyParts, run: CallRun, failure: Failure): LimitHit | undefined {
  const answer = answerOf(failure);
  if (answer === undefined) return undefined;
  const fault = readFault(answer);
  if (!isLimit(fault)) return undefined;
  const { endpoint } = run.call;
  const facts = { dailyLabel: pacer.hasDay(endpoint), now: dependencies.clock.now() };
  return limitHit(endpoint, answer, fault, facts);
}

function limitFailure({ call }: CallRun, failure: Failure, hit: LimitHit): Failure {
  const answer = answerOf(failure);
  return answer === undefined
    ? failure
    : { type: 'own', error: limitError(call.endpoint, readFault(answer), hit) };
}

function answerOf(failure: Failure): Answer | undefined {
  return 'answer' in failure ? failure.answer : undefined;
}

function noteOutage({ watch, dependencies }: PolicyParts, { call }: CallRun, failure: Failure): void {
  if (failure.type !== 'io' && failure.type !== 'broken') return;
  const status = failure.type === 'io' ? 0 : failure.answer.status;
  watch.failed(failureError(call, failure).message, status, dependencies.clock.now());
}
