import { ConnectorError, type Finding } from '../../src/connid/errors.js';
import type { Environment } from '../../src/config/env-overrides.js';
import { loadConfig, type LoadedConfig } from '../../src/config/load-config.js';

/** What a load sees besides the configuration itself. */
export interface World {
  readonly env?: Environment;
  readonly files?: Readonly<Record<string, string>>;
}

/** Loads a configuration given as JSON, or as the text of the file. */
export function load(json: unknown, world: World = {}): Promise<LoadedConfig> {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  const files: Record<string, string> = { 'connector.json': text, ...world.files };
  const readFile = (file: string): Promise<string> => {
    const content = files[file];
    if (content !== undefined) return Promise.resolve(content);
    return Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
  };
  return loadConfig({ file: 'connector.json', env: world.env ?? {}, readFile });
}

/** The findings for which a configuration is refused; none when it is accepted. */
export async function findings(json: unknown, world: World = {}): Promise<readonly Finding[]> {
  try {
    await load(json, world);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'configuration')
      return thrown.details.errors ?? [];
    throw thrown;
  }
}

/** The least a configuration needs. */
export const simulated = { service: { target: 'simulator' } };

/** A complete configuration for Zoom itself. */
export const real = {
  custom: { accountId: 'acc' },
  security: {
    authenticator: { oauth2ClientCredentials: { clientId: 'id', clientSecret: { env: 'SECRET' } } },
  },
};
