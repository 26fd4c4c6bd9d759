import { readFileSync } from 'node:fs';
import type { ConnectorConfig } from '../config/connector-config.js';
import { errorCode } from '../connid/error-code.js';
import { ConnectorError, type Finding } from '../connid/errors.js';
import type { TlsOptions } from '../server/listen/tls.js';

type TlsConfig = NonNullable<ConnectorConfig['server']['tls']>;

/**
 * Reads the files of the service's certificate.
 * @throws ConnectorError `configuration` that names every file that can not be read.
 */
export function readCertificates({ certFile, clientCaFile, keyFile }: TlsConfig): TlsOptions {
  const findings: Finding[] = [];
  const read = (name: keyof TlsConfig, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (thrown) {
      const message = `The file ${file} cannot be read${errorCode(thrown)}.`;
      findings.push({ path: `/server/tls/${name}`, message });
      return '';
    }
  };
  const tls = {
    cert: read('certFile', certFile),
    key: read('keyFile', keyFile),
    ...(clientCaFile !== null && { clientCa: read('clientCaFile', clientCaFile) }),
  };
  if (findings.length === 0) return tls;
  throw new ConnectorError('configuration', 'The TLS certificate of the service cannot be used.', {
    errors: findings,
  });
}
