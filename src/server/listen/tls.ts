import { X509Certificate } from 'node:crypto';
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
 * Cipher suites with forward secrecy and authenticated encryption: those of TLS 1.3, and of TLS 1.2 only these. Recorded
 * traffic stays secret even if somebody steals the key later.
 */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE+AESGCM',
  'ECDHE+CHACHA20',
].join(':');

/** The versions and cipher suites of TLS that every server of ours accepts. */
export const tlsPolicy = { ciphers, minVersion: 'TLSv1.2' } as const;

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
  if (tls.clientCa !== undefined) assertCertificates(tls.clientCa);
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
  return { cert, key, ...tlsPolicy, ...clients };
}

const certificate = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[^-]*-----END \1-----/g;

/** Refuses text without a certificate: Node.js ignores it and would then accept no caller, or any public authority. */
function assertCertificates(pem: string): void {
  const certificates = pem.match(certificate) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return;
  throw new ConnectorError('configuration', 'The client CA contains no usable certificate.', {
    hint: 'server.tls.clientCaFile must be a PEM file with the certificates of the authorities, not with keys.',
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
