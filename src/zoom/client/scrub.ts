import type { ConnectorError } from '../../connid/errors.js';
import { GuardedString } from '../../connid/guarded-string.js';

/** The guarded strings of a body, revealed. */
export function secretsIn(value: unknown): readonly string[] {
  if (value instanceof GuardedString) return [value.reveal()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsIn);
}

/** An error in whose quotations of Zoom's words secrets are masked: a service may echo what it was sent. */
export function scrubbed(error: ConnectorError, secrets: readonly string[]): ConnectorError {
  const { errors, upstream } = error.details;
  const quoted = [upstream?.message, ...(errors ?? []).map(({ message }) => message)];
  const isClean = !quoted.some((text) => text !== undefined && scrub(text, secrets) !== text);
  if (isClean) return error;
  return error.with({
    ...(upstream?.message !== undefined && {
      upstream: { ...upstream, message: scrub(upstream.message, secrets) },
    }),
    ...(errors !== undefined && {
      errors: errors.map(({ message, path }) => ({ path, message: scrub(message, secrets) })),
    }),
  });
}

function scrub(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, GuardedString.mask), text);
}
