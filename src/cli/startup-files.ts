import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ConnectorConfig } from '../config/connector-config.js';
import { ConnectorError, errorCode, type Finding } from '../connid/errors.js';
import type { TlsOptions } from '../server/listen/tls.js';

type TlsConfig = NonNullable<ConnectorConfig['server']['tls']>;

/**
 * Reads the certificate files of a server.
 * @param pointer - the settings that name them.
 * @throws ConnectorError `configuration`, naming every file that cannot be read.
 */
export function readCertificates(
  { certFile, clientCaFile, keyFile }: TlsConfig,
  pointer: '/server/tls' | '/connectorServer/tls' = '/server/tls',
): TlsOptions {
  const findings: Finding[] = [];
  const read = (name: keyof TlsConfig, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (thrown) {
      const message = `The file ${file} cannot be read${errorCode(thrown)}.`;
      findings.push({ path: `${pointer}/${name}`, message });
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

/**
 * Checks that audit records can be written. Does not create the file, because `check-config` may run as another user.
 * @throws ConnectorError `configuration`.
 */
export function checkAuditFile({ file }: ConnectorConfig['audit']): void {
  if (file === null) return;
  try {
    assertAppendable(file);
  } catch (cause) {
    const message = `The file ${file} cannot be written${errorCode(cause)}.`;
    throw new ConnectorError('configuration', 'Audit records cannot be written.', {
      errors: [{ path: '/audit/file', message }],
      cause,
    });
  }
}

function assertAppendable(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) accessSync(dirname(file), constants.W_OK);
  else if (stat.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  else accessSync(file, constants.W_OK);
}
