import { isAxiosError } from 'axios';
import { type ConnectorError, toConnectorError } from '../../connid/errors.js';
import { newTrace } from '../../connector/context.js';
import type { Span } from '../../connector/tracing.js';
import type { Failure } from './errors/answer.js';
import { attachLoop } from './attempt-loop.js';
import { CallRun, type Repetition } from './call-run.js';
import { endCallSpan, startCallSpan, traceHeader, waitingToRepeat } from './call-span.js';
import { momentOf } from '../kit/clock.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { ClientDependencies, ZoomClientOptions } from './options.js';
import { backoffMs, decideRetry } from './retry.js';
import { withSecretsMasked } from './final-error.js';
import { readToken, type Token } from './token-answer.js';
import { failureError } from './errors/failure-errors.js';
import { proxySecrets, toAnswer, type Transport } from './transport.js';

const tokenCall: ZoomCall = {
  endpoint: {
    id: 'getToken',
    api: 'rest',
    method: 'POST',
    path: '/oauth/token',
    params: {},
    label: 'light',
    repeat: 'safe',
    scopes: { granular: [], classic: [] },
  },
  why: 'obtain an access token',
};

/** The time for a token with all repetitions, in milliseconds. */
const totalMs = 60_000;

/**
 * The request for a server-to-server token, repeated after I/O errors. The parameters are sent in a form body: Zoom
 * has refused them in the query (https://developers.zoom.us/docs/internal-apps/s2s-oauth/).
 * @returns a function that throws ConnectorError `connectionFailed`, or `retryable` when Zoom says so.
 */
export function tokenRequest(
  options: ZoomClientOptions,
  dependencies: ClientDependencies,
  transport: Transport,
): (cause?: Span) => Promise<Token> {
  const { clock, metrics } = dependencies;
  const sendRun = attachLoop(transport.http, {
    timeoutMs: options.requestTimeoutMs,
    prepare: (run) => {
      run.sentAt = momentOf(clock);
      startCallSpan(run);
      return Promise.resolve(tokenHeaders(run, options));
    },
    finished: (run, answer) => {
      const status = answer?.status ?? 0;
      const ms = momentOf(clock).monotonic - run.sentAt.monotonic;
      metrics.targetCall({
        endpoint: run.call.endpoint.id,
        label: run.call.endpoint.label,
        status: status || 'error',
        durationMs: ms,
      });
      endCallSpan(run, answer);
    },
    pause: (run, ms) => waitingToRepeat(run, ms, clock),
    again: (run, failure) => Promise.resolve(repetition(options, dependencies, run, failure)),
  });

  return async (cause) => {
    const run = new CallRun(tokenCall, backgroundContext(cause), momentOf(clock));
    const data = new URLSearchParams({
      grant_type: 'account_credentials',
      account_id: options.accountId,
      ...(options.scope === undefined ? {} : { scope: options.scope }),
    }).toString();
    try {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const response = await sendRun(run, { method: 'POST', url: options.tokenUrl, data, headers });
      const token = readToken(toAnswer(response), clock.now());
      if (run.failure !== undefined) throw failureError(run.call, run.failure);
      metrics.tokenFetched('ok');
      return token;
    } catch (thrown) {
      metrics.tokenFetched('failed');
      throw withSecretsMasked(tokenFailure(run, thrown), secretsOf(options));
    }
  };
}

function repetition(
  { ioErrorRetries }: ZoomClientOptions,
  { clock, random }: ClientDependencies,
  run: CallRun,
  failure: Failure,
): Repetition | undefined {
  // More requests would make it worse, and even a page of Zoom's edge may contain a `Retry-After`.
  if (failure.type === 'broken' && failure.answer.status === 429) return undefined;
  const leftMs = run.startedAt.monotonic + totalMs - momentOf(clock).monotonic;
  const kind = { method: 'POST', repeat: 'safe', lost: false } as const;
  const facts = {
    failure,
    ...kind,
    tries: run.tries,
    tokenRenewable: false,
    leftMs,
    ioErrorRetries,
  } as const;
  if (decideRetry(facts) !== 'again') return undefined;
  run.tries.io += 1;
  return { afterMs: backoffMs(run.tries.io - 1, random()) };
}

/** A refusal by the token endpoint in its own terms; any other failure in those of the client. */
function tokenFailure({ call, failure }: CallRun, thrown: unknown): ConnectorError {
  return isAxiosError(thrown) && failure !== undefined
    ? failureError(call, failure)
    : toConnectorError(thrown);
}

function tokenHeaders(run: CallRun, options: ZoomClientOptions): Readonly<Record<string, string>> {
  return {
    Authorization: basicCredentials(options),
    Accept: 'application/json',
    ...traceHeader(run, options),
  };
}

function basicCredentials(options: ZoomClientOptions): string {
  return `Basic ${Buffer.from(credentials(options)).toString('base64')}`;
}

function credentials({ clientId, clientSecret }: ZoomClientOptions): string {
  return `${clientId}:${clientSecret.reveal()}`;
}

/** What the request contains and no message may repeat. */
function secretsOf(options: ZoomClientOptions): readonly string[] {
  return [options.clientSecret.reveal(), credentials(options), ...proxySecrets(options.proxy)];
}

function backgroundContext(span: Span | undefined): CallRun['context'] {
  return {
    requestId: 'token',
    signal: new AbortController().signal,
    trace: newTrace(),
    ...(span !== undefined && { span }),
  };
}
