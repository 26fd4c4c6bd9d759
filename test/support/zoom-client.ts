import { GuardedString } from '../../src/connid/guarded-string.js';
import { newTrace, type OperationContext } from '../../src/connector/context.js';
import type { ClientDependencies, ZoomClientOptions } from '../../src/zoom/client/options.js';
import { createZoomClient, type ZoomClient } from '../../src/zoom/client/zoom-client.js';
import { canary } from './canary.js';
import { testLogger } from './suite-log.js';

/** Options of a client for a server at the URL; without pacing. */
function clientOptions(url: string, changes: Partial<ZoomClientOptions> = {}): ZoomClientOptions {
  return {
    serviceUrl: `${url}/v2`,
    scimUrl: `${url}/scim2`,
    tokenUrl: `${url}/oauth/token`,
    clientId: 'client-id',
    clientSecret: new GuardedString(canary.clientSecret),
    accountId: 'q6gBJVO5TzexKYTb_I2rpg',
    ioErrorRetries: 3,
    requestTimeoutMs: 20_000,
    maxConcurrency: 32,
    maxWaitMs: 5_000,
    maxAnswerBytes: 256 * 1024 * 1024,
    sendTraceparent: true,
    plan: 'none',
    share: 1,
    ...changes,
  };
}

/** A client for a server at the URL that never waits between repetitions. */
export function testClient(
  url: string,
  changes: Partial<ZoomClientOptions> = {},
  deps: Partial<ClientDependencies> = {},
): ZoomClient {
  return createZoomClient(clientOptions(url, changes), { random: () => 0, logger: testLogger(), ...deps });
}

/** The context of an operation nobody aborts. */
export function testContext(signal: AbortSignal = new AbortController().signal): OperationContext {
  return { requestId: 'request-1', signal, trace: newTrace() };
}
