import { createHash, randomBytes } from 'node:crypto';
import { toConnectorError } from '../connid/errors.js';
import type { ConnectorError, Finding } from '../connid/errors.js';
import type { BearerTokenConfig, ConnectorConfig } from './connector-config.js';
import type { Environment } from './environment.js';
import { loadConfig } from './load-config.js';

/** Outcome of the command `check-config`, as text for a terminal. */
interface CheckOutcome {
  readonly ok: boolean;
  readonly text: string;
}

/**
 * The command `check-config`: loads a configuration as the service would, secrets included, and reports.
 * @param use - puts a well-formed configuration to use as far as that needs no target; throws what it finds.
 */
export async function checkConfig(
  file: string,
  env: Environment,
  use: (config: ConnectorConfig) => unknown = () => undefined,
): Promise<CheckOutcome> {
  try {
    const { config, warnings } = await loadConfig({ file, env });
    use(config);
    const verdict = `The configuration ${file} is valid. It targets ${config.service.target}.`;
    return { ok: true, text: [verdict, ...warnings.map(warningText)].join('\n') };
  } catch (thrown) {
    return { ok: false, text: configErrorText(toConnectorError(thrown)) };
  }
}

/** A refused configuration for a terminal: the sentence, then a line per finding, then what can be done. */
export function configErrorText(error: ConnectorError): string {
  const { errors = [], hint } = error.details;
  return [error.message, ...errors.map(findingText), ...(hint === undefined ? [] : [hint])].join('\n');
}

/** A warning about a configuration, as one line. */
export function warningText(warning: Finding): string {
  return `Warning: ${warning.path}: ${warning.message}`;
}

function findingText({ path, message }: Finding): string {
  return path === '' ? `  ${message}` : `  ${path}: ${message}`;
}

/** A new bearer token, and the entry that makes the service accept it. */
interface NewToken {
  /** What the caller presents; it is shown once and stored nowhere. */
  readonly token: string;
  /** Belongs into `server.authentication.bearerTokens`. */
  readonly entry: BearerTokenConfig;
}

/**
 * The command `new-token`.
 * @param name - the caller's name in logs.
 * @param scopes - what the caller may do; reading and writing unless told otherwise.
 */
export function newToken(name: string, scopes: BearerTokenConfig['scopes'] = ['read', 'write']): NewToken {
  const token = randomBytes(32).toString('base64url');
  return { token, entry: { name, sha256: createHash('sha256').update(token).digest('hex'), scopes } };
}
