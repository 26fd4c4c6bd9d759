import { checkConfig } from '../config/commands.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { createListener } from '../server/listen/tls.js';
import { objectClassesOf } from '../zoom/create-zoom-connector.js';
import { checkAuditFile } from './audit-file.js';
import { readCertificates } from './certificates.js';
import { terminal } from './terminal.js';

/** `check-config FILE`: reports every problem of a configuration. @returns the exit code. */
export async function checkConfigCommand(file: string): Promise<number> {
  const { ok, text } = await checkConfig(file, process.env, putToUse);
  (ok ? terminal.say : terminal.complain)(text);
  return ok ? 0 : 1;
}

/** What the service does with a configuration when it starts, as far as nobody notices. */
function putToUse(config: ConnectorConfig): void {
  objectClassesOf(config);
  checkAuditFile(config.audit);
  const { tls } = config.server;
  if (tls !== null) createListener(() => undefined, {}, readCertificates(tls));
}
