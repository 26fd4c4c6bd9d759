import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { ConnectorError } from '../../connid/errors.js';
import { bind } from '../../server/listen/bind.js';
import { tlsPolicy } from '../../server/listen/tls.js';
import { serveSession, type SessionLimits, type SessionParts } from './session.js';
import { WireStream } from './wire-stream.js';

/** Address, certificate and limits of the server. */
export interface ConnectorServerOptions {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  /** Texts of PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly maxConnections: number;
  readonly maxMessageBytes: number;
  readonly limits: SessionLimits;
}

/** The parts behind all sessions. */
export interface ConnectorServerParts extends Pick<
  SessionParts,
  'keyOf' | 'wrongKeys' | 'hello' | 'operate'
> {
  /** Called when a peer is refused: the reason, and its address if there is one. */
  readonly refused: (reason: string, peer: string | undefined) => void;
  /** Called with an error that no peer has caused. */
  readonly failed: (error: unknown) => void;
}

/** A server that accepts hosts. */
export interface RunningConnectorServer {
  readonly port: number;
  /** Accepts nobody any more and lets running requests end; cuts what is left when the time is up. */
  close(graceMs: number): Promise<void>;
}

/** A connection, and the number of requests that are served on it: none or one. */
interface Connection {
  readonly socket: Socket;
  requests: number;
}

/**
 * Serves ConnId's remote protocol.
 * @throws ConnectorError of kind `configuration` if the address or the certificate cannot be used.
 */
export async function listenForHosts(
  options: ConnectorServerOptions,
  parts: ConnectorServerParts,
): Promise<RunningConnectorServer> {
  const connections = new Set<Connection>();
  const server = createHostListener(options.tls, (socket) => {
    const connection: Connection = { socket, requests: 0 };
    connections.add(connection);
    serve(connection, options, parts)
      .catch(parts.failed)
      .finally(() => connections.delete(connection));
  });
  server.maxConnections = options.maxConnections;
  server.on('drop', (dropped) => parts.refused('There are too many connections.', dropped?.remoteAddress));
  server.on('tlsClientError', (_error: Error, { remoteAddress }: Socket) =>
    parts.refused('The TLS handshake failed.', remoteAddress),
  );
  await bind(server, { host: options.host, port: options.port, settings: 'connectorServer' });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) => close(server, connections, graceMs),
  };
}

/**
 * Makes a server that does not listen yet. A peer may end its side of a connection and still wait for the answer.
 * @throws ConnectorError of kind `configuration` if the certificate cannot be used.
 */
export function createHostListener(
  tls: ConnectorServerOptions['tls'],
  accept: (socket: Socket) => void,
): Server {
  const options = { allowHalfOpen: true, noDelay: true };
  if (tls === undefined) return createServer(options, accept);
  try {
    return createTlsServer({ ...options, ...tls, ...tlsPolicy }, accept);
  } catch (cause) {
    throw new ConnectorError(
      'configuration',
      'The TLS certificate of the connector server or its key cannot be used.',
      {
        hint: 'connectorServer.tls.certFile and connectorServer.tls.keyFile must be PEM files that belong together.',
        cause,
      },
    );
  }
}

async function serve(
  connection: Connection,
  { limits, maxMessageBytes }: ConnectorServerOptions,
  { failed: _failed, refused, ...parts }: ConnectorServerParts,
): Promise<void> {
  const { socket } = connection;
  const { remoteAddress: peer } = socket;
  await serveSession(new WireStream(socket, { messageBytes: maxMessageBytes }), {
    ...parts,
    limits,
    peer: peer ?? 'unknown',
    refused: (reason) => refused(reason, peer),
    busy: (isBusy) => (connection.requests = isBusy ? 1 : 0),
  });
}

/** How often a shutdown looks for connections whose request has ended. */
const sweepMs = 50;

async function close(server: Server, connections: ReadonlySet<Connection>, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const closeIdle = (): void => {
    for (const { requests, socket } of connections) if (requests === 0) socket.destroySoon();
  };
  closeIdle();
  const sweep = setInterval(closeIdle, sweepMs);
  const cut = setTimeout(() => connections.forEach(({ socket }) => socket.destroy()), graceMs);
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
