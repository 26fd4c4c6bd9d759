import type { ConnectorConfig } from './connector-config.js';

/** Names of the changed settings that a running service can not take up, such as `server.port`. */
export function settingsNeedingRestart(running: ConnectorConfig, next: ConnectorConfig): string[] {
  const names = Object.keys(running.server) as (keyof ConnectorConfig['server'])[];
  const isChanged = (name: keyof ConnectorConfig['server']): boolean =>
    JSON.stringify(running.server[name]) !== JSON.stringify(next.server[name]);
  return names.filter(isChanged).map((name) => `server.${name}`);
}
