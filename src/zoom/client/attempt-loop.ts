import {
  AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';
import axiosRetry from 'axios-retry';
import { type Answer, type Failure, failureOf, isOtherObject } from './errors/answer.js';
import { AttemptSignal, type CallRun, type Repetition } from './call-run.js';
import { ConnectorError } from '../../connid/errors.js';
import type { AnswerBody } from './errors/json-body.js';
import { ioFailure } from './errors/io-failure.js';
import { toAnswer } from './transport.js';

const otherObject = 'Zoom answered with another object than the requested one.';

/** The decisions that the loop leaves to its owner. */
export interface LoopPolicy {
  readonly timeoutMs: number;
  /** Called before each attempt; waits and returns the headers. An error ends the call. */
  prepare(run: CallRun): Promise<Readonly<Record<string, string>>>;
  /** Called after each attempt, without an answer when there was none. `run.failure` says how it failed. */
  finished(run: CallRun, answer: Answer | undefined): void;
  /** Lets time pass before the next attempt; rejects when the operation is aborted. */
  pause(run: CallRun, ms: number): Promise<void>;
  /**
   * Called after a failed attempt; returns a repetition or ends the call, with `run.settled` or `run.failure`. An error
   * ends the call, too.
   */
  again(run: CallRun, failure: Failure): Promise<Repetition | undefined>;
}

/**
 * Sends a call with all its attempts; rejects with an error of axios, which must not be passed on. An answer that ends
 * the call is returned even if it is a refusal: then `run.failure` says so.
 */
type SendRun = (run: CallRun, request: AxiosRequestConfig) => Promise<AxiosResponse<AnswerBody>>;

/** Runs the attempts of calls over one axios instance: axios-retry runs the loop, the policy decides. */
export function attachLoop(http: AxiosInstance, policy: LoopPolicy): SendRun {
  openAttempts(http, policy);
  judgeAttempts(http, policy);
  repeatAttempts(http, policy);
  return async (run, request) => {
    try {
      return await http.request<AnswerBody>({ ...request, callRun: run });
    } finally {
      closeAttempt(policy, run);
    }
  };
}

function openAttempts(http: AxiosInstance, policy: LoopPolicy): void {
  http.interceptors.request.use(async (config) => {
    const run = runOf(config);
    Object.entries(await policy.prepare(run)).forEach(([name, value]) => config.headers.set(name, value));
    run.failure = undefined;
    run.attempt = new AttemptSignal(endOf(run), policy.timeoutMs);
    config.signal = run.attempt;
    // The attempt has begun, so its end gives back what the policy has taken for it.
    run.context.signal.throwIfAborted();
    return config;
  });
}

/**
 * The signal that ends an attempt early. A write that was sent is waited for even if its caller leaves: its outcome
 * belongs into the audit, and the next write to the object must not overtake it.
 */
function endOf({ call, context }: CallRun): AbortSignal | undefined {
  return call.endpoint.method === 'GET' ? context.signal : context.cut;
}

function judgeAttempts(http: AxiosInstance, policy: LoopPolicy): void {
  http.interceptors.response.use(
    async (response) => {
      const run = runOf(response.config);
      const answer = toAnswer(response);
      run.failure = judge(run, answer);
      closeAttempt(policy, run, answer);
      if (run.failure !== undefined) await decide(policy, run, run.failure);
      if (run.repetition === undefined) return response;
      throw new AxiosError('refused', 'ERR_BAD_RESPONSE', response.config, undefined, response);
    },
    async (thrown: unknown) => {
      if (!(thrown instanceof AxiosError) || thrown.config?.callRun === undefined) throw thrown;
      const run = thrown.config.callRun;
      run.failure = ioFailure(thrown, run.attempt?.timedOut === true);
      closeAttempt(policy, run);
      await decide(policy, run, run.failure);
      throw thrown;
    },
  );
}

/**
 * Decides about a repetition. An error of axios, which is expensive, is only made for one. If nothing can be decided,
 * for example because the operation was aborted meanwhile, the failure of the attempt ends the call.
 */
async function decide(policy: LoopPolicy, run: CallRun, failure: Failure): Promise<void> {
  run.repetition = await policy.again(run, failure).catch(() => undefined);
}

function repeatAttempts(http: AxiosInstance, policy: LoopPolicy): void {
  axiosRetry(http, {
    retries: Infinity,
    shouldResetTimeout: true,
    retryCondition: async ({ config }) => {
      const run = config?.callRun;
      if (config === undefined || run?.repetition === undefined) return false;
      const { afterMs } = run.repetition;
      run.repetition = undefined;
      // The signal of the operation ends the wait before the next attempt, which then fails with its reason.
      config.signal = run.context.signal;
      await policy.pause(run, afterMs).catch(() => undefined);
      return true;
    },
    // By default the library waits for Retry-After, which the policy has done.
    retryDelay: () => 0,
  });
}

function closeAttempt(policy: LoopPolicy, run: CallRun, answer?: Answer): void {
  if (run.attempt === undefined) return;
  run.attempt.release();
  run.attempt = undefined;
  policy.finished(run, answer);
}

function runOf(config: InternalAxiosRequestConfig): CallRun {
  if (config.callRun === undefined)
    throw new ConnectorError('unexpected', 'Internal error: a request without its call.');
  return config.callRun;
}

/**
 * Returns `undefined` for a success, otherwise the failure. A code of `settledBy` is a success, and an answer about
 * another object is a failure.
 */
function judge(run: CallRun, answer: Answer): Failure | undefined {
  const failure = failureOf(run.call, answer);
  if (failure?.type === 'refused' && run.call.settledBy?.includes(failure.fault.code ?? -1) === true) {
    run.settled = { answer: undefined };
    return undefined;
  }
  if (failure === undefined && answer.body.type === 'json' && isOtherObject(run.call, answer.body.value)) {
    return { type: 'own', error: new ConnectorError('unknownUid', otherObject) };
  }
  return failure;
}
