import { isAxiosError, isCancel } from 'axios';
import type { Failure } from './answer.js';
import { unreachable } from './unreachable.js';

/**
 * What an attempt without an answer came to.
 * @param timedOut - whether our own clock ended it.
 */
export function ioFailure(thrown: unknown, timedOut: boolean): Failure {
  if (timedOut) return { type: 'io', code: 'timeout', sent: true };
  if (isCancel(thrown)) return { type: 'cancelled' };
  const code = (isAxiosError(thrown) ? thrown.code : undefined) ?? 'unknown';
  return { type: 'io', code, sent: unreachable(code) === undefined };
}
