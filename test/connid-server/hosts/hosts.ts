import { afterEach } from '@jest/globals';
import { type ConnectorServer, startConnectorServer } from '../../../src/cli/connector-server.js';
import { type Connectors, startConnectors } from '../../../src/cli/connectors.js';
import type { ConnectorConfig } from '../../../src/config/connector-config.js';
import { defaultConfig } from '../../../src/config/validate-config.js';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import type { Wire, WireObject, WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { noTracer, type Tracer } from '../../../src/connector/tracing.js';
import { RunningOperations } from '../../../src/server/exchange/running-operations.js';
import { createMetrics, type ServerMetrics } from '../../../src/server/metrics.js';
import { createConnectorFactory } from '../../../src/zoom/connector-factory.js';
import { captureLog, type LogCapture } from '../../support/log-capture.js';
import { hello, HostClient, operationRequest } from '../host-client.js';

export const key = 'canary-key-of-the-host-1';

export interface HostedService {
  readonly server: ConnectorServer;
  readonly connectors: Connectors;
  readonly metrics: ServerMetrics;
  readonly log: LogCapture;
  readonly audit: LogCapture;
  readonly running: RunningOperations;
  readonly config: ConnectorConfig;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

type Change = (config: ConnectorConfig) => ConnectorConfig;

const single: Readonly<Record<string, Change>> = { '': (config) => config };

/**
 * Starts the face for hosts, with a connector of its own behind it.
 * @param named - several connectors in its place, by name: each changes the configuration of the single one.
 */
export async function startHosted(
  change: Change = (config) => config,
  { named = single, tracer = noTracer }: { readonly named?: typeof single; readonly tracer?: Tracer } = {},
): Promise<HostedService> {
  const base = defaultConfig();
  const config = change({
    ...base,
    rateLimit: { ...base.rateLimit, plan: 'none' },
    simulator: { ...base.simulator, users: 60, groups: 5, phoneUsers: 5, plan: 'none' },
    connectorServer: { ...base.connectorServer, enabled: true, port: 0, keys: [new GuardedString(key)] },
  });
  const [log, audit] = [captureLog(), captureLog()];
  const metrics = createMetrics();
  const factory = createConnectorFactory({ version: '0.0.0-test', client: { logger: log.logger, metrics } });
  const accounts = new Map(Object.entries(named).map(([name, of]) => [name, of(config)]));
  const connectors = await startConnectors(accounts, factory);
  const running = new RunningOperations();
  const logs = { logger: log.logger, audit: () => audit.logger };
  const server = await startConnectorServer(config, {
    ...{ connectors, factory, logs, metrics, running, tracer },
  });
  open.push(async () => {
    await server.close(0);
    await connectors.close();
  });
  return { server, connectors, metrics, log, audit, running, config };
}

type Api = Wire<'APIConfiguration'>;

/** A host that has asked for the connector, and calls it with values of its properties. */
export class Host {
  constructor(
    private readonly port: number,
    readonly info: Wire<'ConnectorInfo'>,
    private readonly values: Readonly<Record<string, WireValue>>,
  ) {}

  static async discover(
    { server: { port } }: HostedService,
    values: Readonly<Record<string, WireValue>> = { target: { kind: 'String', value: 'simulator' } },
  ): Promise<Host> {
    const client = await HostClient.connect(port);
    client.request(key, hello);
    const answer = await client.expect('HelloResponse');
    client.close();
    const [info] = (answer.ConnectorInfos?.items ?? []) as Wire<'ConnectorInfo'>[];
    if (info === undefined) throw new Error('The server has no connector');
    return new Host(port, info, values);
  }

  with(values: Readonly<Record<string, WireValue>>): Host {
    return new Host(this.port, this.info, { ...this.values, ...values });
  }

  /** The configuration as a host sends it: the one of Hello with its own values. */
  facadeKey(): string {
    const api = this.info.APIConfiguration as Api;
    const items = (api.ConfigurationProperties?.items ?? []).map((property) => ({
      ...property,
      value: this.values[property.name ?? ''] ?? property.value,
    }));
    const mine: Api = { ...api, ConfigurationProperties: { kind: 'ConfigurationProperties', items } };
    return Buffer.from(new Encoder().encode(mine)).toString('base64');
  }

  /** Calls an operation over a connection of its own, on which the answer comes. */
  async connected(
    operation: Wire<'OperationRequest'>['operation'],
    method: string,
    ...args: WireValue[]
  ): Promise<HostClient> {
    const client = await HostClient.connect(this.port);
    const request = operationRequest(operation, method, args, this.facadeKey());
    client.request(key, { ...request, ConnectorKey: this.info.ConnectorKey });
    return client;
  }

  /** The messages that answer an operation. The host ends its side of the connection before. */
  async call(...call: Parameters<Host['connected']>): Promise<WireObject[]> {
    const client = await this.connected(...call);
    client.socket.end();
    const messages: WireObject[] = [];
    for (;;) {
      const message = await client.receive();
      if (message === undefined || message === null) break;
      messages.push(message);
    }
    client.close();
    return messages;
  }

  /** The result of an operation. An exception is thrown with its class. */
  async result(...call: Parameters<Host['call']>): Promise<WireValue> {
    const last = (await this.call(...call)).at(-1);
    if (last?.kind !== 'OperationResponsePart') throw new Error(`${last?.kind ?? 'nothing'} is no result`);
    if (last.exception === null) return last.result;
    throw new Error(`${last.exception.class ?? ''}: ${last.exception.message ?? ''}`);
  }
}
