import { setMaxListeners } from 'node:events';
import type { Call } from '../../connector/object-class/call.js';
import type { TargetState } from '../../connector/connector.js';
import type { OperationContext } from '../../connector/context.js';
import { AnswerBudget } from './answer-budget.js';
import { attachLoop } from './attempt-loop.js';
import { CallRun } from './call-run.js';
import { writeBody } from './errors/json-body.js';
import { momentOf } from '../kit/clock.js';
import { type ZoomCall, zoomCall } from '../kit/endpoint-table.js';
import { createPolicy } from './call-policy.js';
import { createOAuth, fixedToken, type OAuth } from './token-source.js';
import { type ClientDependencies, defaultDependencies, type ZoomClientOptions } from './options.js';
import { createPacer, type Pacer } from './pacing/pacer.js';
import { createTransport, proxySecrets, requestPath } from './transport.js';
import { finalError, withSecretsMasked } from './final-error.js';
import { TargetWatch } from './target-watch.js';

/** The only way to Zoom: adds token, pacing and retries to calls, and turns failures into errors. */
export interface ZoomClient {
  /**
   * Makes the call. Integers beyond the safe range are returned as `bigint`.
   * @returns the body of the answer, `undefined` for an empty one and for codes of `Call.settledBy`.
   * @throws ConnectorError with Zoom's message under `details.upstream`.
   */
  send(call: Call, context: OperationContext): Promise<unknown>;
  /** The scopes that the application has now: those of a token that is requested now. */
  freshScopes(context: OperationContext): Promise<readonly string[]>;
  /** The latest behaviour of Zoom, without a call. */
  state(): TargetState;
  /** Milliseconds by which our clock is ahead of Zoom's by its last answer; `undefined` before the first one. */
  clockAheadMs(): number | undefined;
  /** Closes the open connections. */
  close(): Promise<void>;
}

/** Parts that clients of one account may share; otherwise each has its own. */
export interface SharedByClients {
  readonly pacer?: Pacer;
  readonly oauth?: OAuth;
}

/**
 * @param deps - clock, randomness, log and metrics; by default the real clock and randomness, no log and no metrics.
 * @param shared - parts shared with other clients of the account. The owner of shared tokens closes them.
 */
export function createZoomClient(
  options: ZoomClientOptions,
  deps: Partial<ClientDependencies> = {},
  shared: SharedByClients = {},
): ZoomClient {
  const dependencies = { ...defaultDependencies, ...deps };
  const { clock } = dependencies;
  const { pacer = createPacer(options, dependencies), oauth = createOAuth(options, dependencies) } = shared;
  const transport = createTransport(new AnswerBudget(options.maxAnswerBytes), options.proxy);
  const watch = new TargetWatch();
  const scim = options.scimBearerToken === undefined ? oauth.tokens : fixedToken(options.scimBearerToken);
  const tokens = ({ endpoint }: ZoomCall) => (endpoint.api === 'scim' ? scim : oauth.tokens);
  const policy = createPolicy({ options, dependencies, watch, pacer, send, tokens });
  const sendRun = attachLoop(transport.http, policy);

  async function send(request: Call, context: OperationContext): Promise<unknown> {
    const call = zoomCall(request);
    const run = new CallRun(call, context, momentOf(clock));
    let thrown: unknown;
    try {
      // Hundreds of calls of one import listen to one signal; above ten Node warns of a leak.
      setMaxListeners(0, context.signal);
      context.signal.throwIfAborted();
      const response = await sendRun(run, {
        method: call.endpoint.method,
        url: baseUrl(options, call) + requestPath(call),
        data: writeBody(call.body),
      });
      if (run.failure === undefined && run.settled === undefined) {
        return response.data.type === 'json' ? response.data.value : undefined;
      }
    } catch (error) {
      thrown = error;
    }
    if (run.settled !== undefined) return run.settled.answer;
    throw withSecretsMasked(finalError(run, thrown, watch, clock.now()), proxySecrets(options.proxy));
  }

  return {
    send,
    freshScopes: async (context) => (await oauth.tokens.fresh(context.signal, context.span)).scopes,
    state: () => watch.state(),
    clockAheadMs: () => watch.clockAheadMs,
    close: () => {
      transport.close();
      if (shared.oauth === undefined) oauth.close();
      return Promise.resolve();
    },
  };
}

function baseUrl({ serviceUrl, scimUrl }: ZoomClientOptions, { endpoint }: ZoomCall): string {
  return endpoint.api === 'scim' ? scimUrl : serviceUrl;
}
