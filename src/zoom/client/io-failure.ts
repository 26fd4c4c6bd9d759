import { isAxiosError, isCancel } from 'axios';
import type { Failure } from './answer.js';

/** Node's codes of failures that happen before a request is on its way. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ERR_INVALID_URL',
]);

/** Certificates that are refused: nothing was sent either. */
const certificateCodes = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * What an attempt without an answer came to.
 * @param timedOut - whether our own clock ended it.
 */
export function ioFailure(thrown: unknown, timedOut: boolean): Failure {
  if (timedOut) return { type: 'io', code: 'timeout', sent: true };
  if (isCancel(thrown)) return { type: 'cancelled' };
  const code = (isAxiosError(thrown) ? thrown.code : undefined) ?? 'unknown';
  return { type: 'io', code, sent: !notSent.has(code) && !certificateCodes.test(code) };
}
