import type { ConnectorError, Finding } from '../connid/errors.js';

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
