import type { ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectorApp } from '../app.js';
import { assertBindable } from '../auth/loopback.js';
import { bind } from './bind.js';
import { oneByOne } from './pipelines.js';
import { answerBrokenRequests, shutDown, type ShutdownOutcome } from './shutdown.js';
import { createListener, type TlsOptions } from './tls.js';

/** Address, certificates and limits of the listening server. */
export interface ListenOptions {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  readonly tls?: TlsOptions;
  readonly shutdownGraceMs?: number;
  readonly connections?: Partial<ConnectionLimits>;
  /** Called with the error code of a connection that fails before its request is complete. */
  readonly onBrokenConnection?: (code: string) => void;
}

/** Limits of a connection in milliseconds, against callers who keep it open without sending. */
interface ConnectionLimits {
  /** Maximum time until the header of a request is complete. */
  readonly headersTimeout: number;
  /** Maximum time until a request is complete. The answer may take longer. */
  readonly requestTimeout: number;
  /** Maximum time between two requests. Longer than the 60 s after which load balancers close a connection. */
  readonly keepAliveTimeout: number;
  /** Interval at which `headersTimeout` and `requestTimeout` are enforced. */
  readonly connectionsCheckingInterval: number;
}

/** A server that accepts requests. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Shuts down within the grace period. A second call returns the same promise. */
  close(): Promise<ShutdownOutcome>;
}

const defaultGraceMs = 10_000;

const defaultConnections: ConnectionLimits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * Serves an application.
 * @throws ConnectorError of kind `configuration`, one sentence, if the address cannot be used.
 */
export async function listen(app: ConnectorApp, options: ListenOptions): Promise<RunningServer> {
  assertBindable(options.host, app.authenticated);
  const limits: ServerOptions = { ...defaultConnections, ...options.connections };
  const handler = oneByOne(app.handler);
  const server = createListener(handler, limits, options.tls);
  answerBrokenRequests(server, options.onBrokenConnection ?? (() => undefined));
  // Ignore the header `Expect`: Node.js would answer 417 without a problem body.
  server.on('checkExpectation', handler);
  await bind(server, { host: options.host, port: options.port, settings: 'server' });
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls === undefined ? 'http' : 'https';
  let closing: Promise<ShutdownOutcome> | undefined;
  return {
    port,
    url: `${scheme}://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    close: () => (closing ??= shutDown(server, app, options.shutdownGraceMs ?? defaultGraceMs)),
  };
}
