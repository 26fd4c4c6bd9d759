import { createServer as createHttp, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttps, type ServerOptions as TlsServerOptions } from 'node:https';

import { ConnectorError } from '../../connid/errors.js';

/** Certificates and key for HTTPS, each as the text of a PEM file. */
export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  /** Certificate authorities of clients. If set, the server refuses callers without a certificate of one of them. */
  readonly clientCa?: string;
}

/**
 * Creates an HTTPS server, or an HTTP server if `tls` is `undefined`.
 * @throws ConnectorError `configuration` if the certificates cannot be used.
 */
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
