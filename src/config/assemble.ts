import type { ConnectorConfig } from './connector-config.js';
import type { ResolvedSecret } from './secrets.js';

/**
 * Puts the secrets in place of their references and drops what is for editors. Nobody can change the result.
 * @param json - a configuration with defaults in which nothing was found wrong.
 */
export function assemble(json: unknown, secrets: readonly ResolvedSecret[]): ConnectorConfig {
  const config = structuredClone(json) as Record<string, unknown>;
  delete config['$schema'];
  for (const { property, value } of secrets) {
    const parents = property.path.slice(0, -1);
    const parent = parents.reduce((group, name) => group[name] as Record<string, unknown>, config);
    parent[property.path.at(-1) ?? ''] = value;
  }
  return deepFreeze(withPlainBases(config as unknown as ConnectorConfig));
}

/** Base URLs without a slash at the end, because paths that begin with one are appended. */
function withPlainBases(config: ConnectorConfig): ConnectorConfig {
  const { serviceUrl, scimUrl } = config.service;
  const plain = (url: string): string => url.replace(/\/+$/, '');
  return {
    ...config,
    service: { ...config.service, serviceUrl: plain(serviceUrl), scimUrl: plain(scimUrl) },
  };
}

/** The value itself, with everything inside made immutable. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
