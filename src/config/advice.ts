import type { ConnectorError, Finding } from '../connid/errors.js';
import type { ConnectorConfig } from './connector-config.js';

/** Warnings about settings that are valid but have no effect in this combination. */
export function adviceFor({ custom }: ConnectorConfig): Finding[] {
  if (!custom.deactivateOnDelete) return [];
  const message = 'Has no effect while "custom.deactivateOnDelete" is true.';
  return [
    ...(custom.disassociateOnDelete ? [{ path: '/custom/disassociateOnDelete', message }] : []),
    ...(custom.transferOnDelete === null ? [] : [{ path: '/custom/transferOnDelete', message }]),
  ];
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

/** Names of the changed settings that a running service can not take up, such as `server.port`. */
export function settingsNeedingRestart(running: ConnectorConfig, next: ConnectorConfig): string[] {
  const names = Object.keys(running.server) as (keyof ConnectorConfig['server'])[];
  const isChanged = (name: keyof ConnectorConfig['server']): boolean =>
    JSON.stringify(running.server[name]) !== JSON.stringify(next.server[name]);
  return names.filter(isChanged).map((name) => `server.${name}`);
}
