import type { ConnectorConfig } from '../config/connector-config.js';
import type { Environment } from '../config/env-overrides.js';
import { configErrorText, warningText } from '../config/advice.js';
import { plainName } from '../config/accounts.js';
import { loadConfig } from '../config/load-config.js';
import { toConnectorError } from '../connid/errors.js';
import { createHostListener } from '../connid-server/session/listen.js';
import { createListener } from '../server/listen/tls.js';
import { objectClassesOf } from '../zoom/object-classes.js';
import { checkAuditFile, readCertificates } from './startup-files.js';
import { terminal } from './process.js';
import { checkKeyFile } from './verifiers.js';

/** `check-config FILE`: reports every problem of a configuration. @returns the exit code. */
export async function checkConfigCommand(file: string): Promise<number> {
  const { ok, text } = await checkConfig(file, process.env);
  (ok ? terminal.say : terminal.complain)(text);
  return ok ? 0 : 1;
}

/** The result of the check, with a text for the terminal. */
interface CheckOutcome {
  readonly ok: boolean;
  readonly text: string;
}

/** Loads a configuration with its secrets, as the service does, and checks everything that needs no target. */
export async function checkConfig(file: string, env: Environment): Promise<CheckOutcome> {
  try {
    const { accounts, config, warnings } = await loadConfig({ file, env });
    for (const account of accounts.values()) objectClassesOf(account);
    checkUse(config);
    await checkKeyFile(config.server.authentication);
    const verdict = `The configuration ${file} is valid. ${targetsText(accounts)}`;
    return { ok: true, text: [verdict, ...warnings.map(warningText)].join('\n') };
  } catch (thrown) {
    return { ok: false, text: configErrorText(toConnectorError(thrown)) };
  }
}

function targetsText(accounts: ReadonlyMap<string, ConnectorConfig>): string {
  const single = accounts.get(plainName);
  if (single !== undefined) return `It targets ${single.service.target}.`;
  return [...accounts].map(([name, { service }]) => `${name} targets ${service.target}.`).join(' ');
}

/** Performs the steps of a start that have no visible effect, for what all accounts share. */
function checkUse(config: ConnectorConfig): void {
  checkAuditFile(config.audit);
  const { tls } = config.server;
  if (tls !== null) createListener(() => undefined, {}, readCertificates(tls));
  const { enabled, tls: tlsOfHosts } = config.connectorServer;
  if (!enabled || tlsOfHosts === null) return;
  const certificates = readCertificates({ ...tlsOfHosts, clientCaFile: null }, '/connectorServer/tls');
  createHostListener(certificates, () => undefined);
}
