import { isDeepStrictEqual } from 'node:util';
import type { ConnectorError, Finding } from '../connid/errors.js';
import { GuardedString } from '../connid/guarded-string.js';
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

/** The error of a configuration, for a terminal: its sentence, a line per finding, and the hint. */
export function configErrorText(error: ConnectorError): string {
  const { errors = [], hint } = error.details;
  return [error.message, ...errors.map(findingText), ...(hint === undefined ? [] : [hint])].join('\n');
}

/** A warning about a configuration, as one line of text. */
export function warningText(warning: Finding): string {
  return `Warning: ${warning.path}: ${warning.message}`;
}

function findingText({ path, message }: Finding): string {
  return path === '' ? `  ${message}` : `  ${path}: ${message}`;
}

/** The names of settings that differ, such as `results.deepGet`. A list of values is one setting. */
export function changedSettings(before: unknown, next: unknown, name = ''): string[] {
  if (!isGroup(before) || !isGroup(next)) return isSame(before, next) ? [] : [name];
  const members = new Set([...Object.keys(before), ...Object.keys(next)]);
  return [...members].flatMap((member) =>
    changedSettings(before[member], next[member], name === '' ? member : `${name}.${member}`),
  );
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecret(value);
}

function isSame(before: unknown, next: unknown): boolean {
  if (isSecret(before) && isSecret(next)) return before.reveal() === next.reveal();
  return isDeepStrictEqual(before, next);
}

function isSecret(value: unknown): value is GuardedString {
  return value instanceof GuardedString;
}

/** The names of changed settings that take effect only after a restart, such as `server.port`. */
export function settingsNeedingRestart(running: ConnectorConfig, next: ConnectorConfig): string[] {
  return [
    ...changedSettings(running.server, next.server, 'server'),
    ...changedSettings(running.connectorServer, next.connectorServer, 'connectorServer'),
  ];
}
