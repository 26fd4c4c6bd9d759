import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ConnectorConfig } from '../config/connector-config.js';
import { errorCode } from '../connid/error-code.js';
import { ConnectorError } from '../connid/errors.js';

/**
 * Checks that audit records can be written, and writes nothing: who checks may be another user than who serves.
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
