import { AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import axiosRetry from 'axios-retry';
import { failureOf, isOtherObject, type Answer, type Failure } from './answer.js';
import { attemptSignal, type AttemptSignal } from './attempt-signal.js';
import type { CallRun } from './call-run.js';
import { ConnectorError } from '../../connid/errors.js';
import { ioFailure } from './io-failure.js';
import { toAnswer } from './transport.js';

const otherObject = 'Zoom answers with another object than the one asked for.';

/** What the loop asks of its owner. */
export interface LoopPolicy {
  readonly timeoutMs: number;
  /** Called before each attempt: waits, gives the headers. What it throws ends the call. */
  prepare(run: CallRun): Promise<Readonly<Record<string, string>>>;
  /** Called after each attempt. */
  finished(run: CallRun, status: number): void;
  /** Called after a failed attempt: whether to repeat it, after how many milliseconds. */
  again(run: CallRun, failure: Failure): Promise<{ readonly afterMs: number } | undefined>;
}

/** Runs the attempts of calls over one axios instance; axios-retry turns the wheel, the policy decides. */
export function attachLoop(http: AxiosInstance, policy: LoopPolicy): void {
  const signals = new WeakMap<CallRun, AttemptSignal>();
  const delays = new WeakMap<CallRun, number>();

  function close(config: InternalAxiosRequestConfig, run: CallRun, status: number): void {
    signals.get(run)?.release();
    config.signal = run.context.signal;
    policy.finished(run, status);
  }

  http.interceptors.request.use(async (config) => {
    const run = runOf(config);
    Object.entries(await policy.prepare(run)).forEach(([name, value]) => config.headers.set(name, value));
    const attempt = attemptSignal(run.context.signal, policy.timeoutMs);
    signals.set(run, attempt);
    run.failure = undefined;
    config.signal = attempt.signal;
    return config;
  });

  http.interceptors.response.use(
    (response) => {
      const run = runOf(response.config);
      close(response.config, run, response.status);
      run.failure = judge(run, toAnswer(response));
      if (run.failure === undefined) return response;
      throw new AxiosError('refused', 'ERR_BAD_RESPONSE', response.config, undefined, response);
    },
    (thrown: unknown) => {
      if (!(thrown instanceof AxiosError) || thrown.config?.callRun === undefined) throw thrown;
      const run = thrown.config.callRun;
      const timedOut = signals.get(run)?.timedOut() ?? false;
      close(thrown.config, run, 0);
      run.failure = ioFailure(thrown, timedOut && !run.context.signal.aborted);
      throw thrown;
    },
  );

  axiosRetry(http, {
    retries: Infinity,
    shouldResetTimeout: true,
    retryCondition: async ({ config }) => {
      const run = config?.callRun;
      if (run?.failure === undefined) return false;
      const repetition = await policy.again(run, run.failure);
      delays.set(run, repetition?.afterMs ?? 0);
      return repetition !== undefined;
    },
    retryDelay: (_, { config }) => (config?.callRun === undefined ? 0 : (delays.get(config.callRun) ?? 0)),
  });
}

function runOf(config: InternalAxiosRequestConfig): CallRun {
  if (config.callRun === undefined) throw new ConnectorError('unexpected', 'A request belongs to no call.');
  return config.callRun;
}

/** Success, or why not: settled codes are the wanted state already, another object's answer is no answer. */
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
