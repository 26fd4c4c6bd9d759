import { afterAll } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import type { Logger } from 'winston';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import type { Connector } from '../../src/connector/connector.js';
import { noTracer, type Tracer } from '../../src/connector/tracing.js';
import { startConnectors } from '../../src/cli/connectors.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import { createServiceApp } from '../../src/cli/serve.js';
import { operations } from '../../src/server/app.js';
import { responsesOf } from '../../src/server/openapi/responses.js';
import { createMetrics } from '../../src/server/metrics.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import type { ClientDependencies } from '../../src/zoom/client/options.js';
import { canary } from './canary.js';
import { testLogger } from './suite-log.js';

/** The whole service against a simulator of its own, called over HTTP without a port. */
export interface TestService {
  readonly simulator: Simulator;
  /** For tests that need a port and connections of their own. */
  readonly handler: Express;
  /** For tests of another face than HTTP. */
  connector(): Connector;
  /** Sends a JSON body to an operation, such as `create`. */
  post(operation: string, body?: object): request.Test;
  get(path: string): request.Test;
  /** Method, path and status of the calls Zoom got since the last look, token calls excepted. */
  calls(): readonly string[];
  /** Takes up other settings as a change of the configuration file does. */
  reload(settings: TestSettings): Promise<void>;
  close(): Promise<void>;
}

/** Groups of settings that a test may set; the rest has the defaults of the configuration. */
export type TestSettings = Readonly<Record<string, object>>;

/** What surrounds the service of a test; by default the real clock and chance, and errors only in the log. */
export interface TestSurroundings {
  readonly client?: Partial<ClientDependencies>;
  readonly logger?: Logger;
  /** Makes the spans of operations; by default none. */
  readonly tracer?: Tracer;
  /** Makes the connectors; by default those the configuration describes. */
  readonly connectors?: typeof createConnectorFactory;
}

const open = new Set<TestService>();

/** A test that fails does not get to close its service. */
afterAll(() => Promise.all([...open].map((service) => service.close())));

/** Starts a service. The simulated account is small and has no rate limits unless the settings say otherwise. */
export async function startService(
  settings: TestSettings = {},
  {
    client,
    logger = testLogger(),
    connectors = createConnectorFactory,
    tracer = noTracer,
  }: TestSurroundings = {},
): Promise<TestService> {
  const metrics = createMetrics();
  const options = { version: '0.0.0-test', client: { logger, metrics, ...client } };
  const held = await startConnectors(new Map([['', testConfig(settings)]]), connectors(options));
  const reloadable = held.first();
  const simulation = reloadable.target().simulation;
  if (simulation === undefined) throw new Error('the configuration of a test targets the simulator');
  const { simulator } = simulation;
  const { handler } = createServiceApp(reloadable.config(), { connectors: held, logger, metrics, tracer });
  const service: TestService = {
    simulator,
    handler,
    connector: () => reloadable.current(),
    post: (operation, body = {}) =>
      request(handler)
        .post(`/v1/${operation}`)
        .send(body)
        .expect(({ status }) => assertDeclared(`/v1/${operation}`, status)),
    get: (path) => request(handler).get(path),
    calls: () => {
      const calls = simulator.requests
        .filter(({ path }) => !path.startsWith('/oauth'))
        .map(({ method, path, status }) => `${method} ${path} ${status}`);
      simulator.clearRequests();
      return calls;
    },
    reload: (next) => held.replace(new Map([['', testConfig(next)]])),
    close: async () => {
      open.delete(service);
      await held.close();
    },
  };
  open.add(service);
  return service;
}

function testConfig(settings: TestSettings): ConnectorConfig {
  const { findings, json } = checkConfigJson({
    ...settings,
    service: { target: 'simulator', ...settings['service'] },
    rateLimit: { plan: 'none', ...settings['rateLimit'] },
    simulator: {
      users: 60,
      groups: 5,
      phoneUsers: 10,
      plan: 'none',
      clientSecret: canary.clientSecret,
      ...settings['simulator'],
    },
  });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return json as ConnectorConfig;
}

const declaredStatuses = new Map(
  operations.map((row) => [row.path, new Set(Object.keys(responsesOf(row, true)))]),
);

/** Every answer of every test is held against the OpenAPI document: callers do not expect a status it does not name. */
function assertDeclared(target: string, status: number): void {
  const [path = ''] = target.split('?');
  const statuses = declaredStatuses.get(path);
  if (statuses === undefined || statuses.has(String(status))) return;
  throw new Error(`The OpenAPI document names no answer ${status} of ${path}.`);
}
