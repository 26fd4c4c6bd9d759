import type { ConnectionOptions } from 'node:tls';
import { afterEach } from '@jest/globals';
import type { WireObject, WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { helloResponse } from '../../../src/connid-server/messages/answers.js';
import { keyVerifier } from '../../../src/connid-server/session/keys.js';
import {
  type ConnectorServerOptions,
  listenForHosts,
  type RunningConnectorServer,
} from '../../../src/connid-server/session/listen.js';
import { WrongKeys } from '../../../src/connid-server/session/wrong-keys.js';
import type { OperationOfHost } from '../../../src/connid-server/session/session.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { HostClient } from '../host-client.js';
import { uid } from '../wire-values.js';

export const key = 'canary-framework-key';

export const limits = {
  keyMs: 10_000,
  idleMs: 60_000,
  silenceMs: 20_000,
  strangerBytes: 1_000,
  refusedBytes: 2_000,
};

/** Answers an operation: yields results and returns one. */
type Operate = (operation: OperationOfHost) => AsyncGenerator<WireObject, WireValue, void>;

interface Fixture extends RunningConnectorServer {
  readonly refusals: string[];
  readonly failures: unknown[];
  readonly operations: OperationOfHost[];
  readonly aborted: () => number;
  connect(tls?: ConnectionOptions): Promise<HostClient>;
  /** Stops without closing the clients first. */
  stop(): Promise<void>;
}

export const fixtures: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(fixtures.splice(0).map(({ close }) => close()));
});

export const nothing: Operate = () => counting(0);

export async function start(
  operate: Operate = nothing,
  changes: Partial<ConnectorServerOptions> = {},
): Promise<Fixture> {
  const refusals: string[] = [];
  const failures: unknown[] = [];
  const operations: OperationOfHost[] = [];
  const clients: HostClient[] = [];
  let aborted = 0;
  const options = { host: '127.0.0.1', port: 0, maxConnections: 500, maxMessageBytes: 100_000, ...changes };
  const server = await listenForHosts(
    { ...options, limits },
    {
      keyOf: keyVerifier([new GuardedString(key)]),
      wrongKeys: new WrongKeys(() => performance.now()),
      hello: (infoLevel) => helloResponse({ startedAt: infoLevel }),
      operate: (operation) => {
        operations.push(operation);
        const { operation: name } = operation.request;
        if (name === 'SyncApiOp') throw new ConnectorError('unsupported', 'There is no Sync.');
        return {
          results: operate(operation),
          hasHandler: name === 'SearchApiOp',
          abort: () => (aborted += 1),
        };
      },
      refused: (reason) => refusals.push(reason),
      failed: (error) => failures.push(error),
    },
  );
  const fixture: Fixture = {
    ...server,
    refusals,
    failures,
    operations,
    aborted: () => aborted,
    connect: async (tls) => {
      const client = await HostClient.connect(server.port, tls);
      clients.push(client);
      return client;
    },
    stop: () => server.close(60_000),
    close: async (graceMs) => {
      for (const client of clients) client.close();
      await server.close(graceMs);
    },
  };
  fixtures.push({ close: () => fixture.close(0) });
  return fixture;
}

export async function* counting(count: number): AsyncGenerator<WireObject, WireValue, void> {
  for (let index = 0; index < count; index += 1) yield await Promise.resolve(uid(`u${index}`));
  return null;
}
