import { createServer as createHttp, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttps, type ServerOptions as TlsServerOptions } from 'node:https';

import { ConnectorError } from '../../connid/errors.js';

/** HTTPS; all members are the text of PEM files. */
export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  /** Certificate authorities of clients; callers without a certificate of theirs are not connected. */
  readonly clientCa?: string;
}

/** A server that speaks HTTP, or HTTPS when there are certificates. */
export function createListener(
  handler: RequestListener,
  options: ServerOptions,
  tls: TlsOptions | undefined,
): Server {
  if (tls === undefined) return createHttp(options, handler);
  try {
    return createHttps({ ...options, ...secured(tls) }, handler);
  } catch (cause) {
    throw new ConnectorError(
      'configuration',
      'The TLS certificate, its key or the client CA cannot be used.',
      {
        hint: 'server.tls.certFile and server.tls.keyFile must be PEM files that belong together.',
        cause,
      },
    );
  }
}

function secured({ cert, key, clientCa }: TlsOptions): TlsServerOptions {
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return { cert, key, minVersion: 'TLSv1.2', ...clients };
}
