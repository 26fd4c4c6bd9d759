import { isAxiosError, isCancel } from 'axios';
import type { Failure } from './errors/answer.js';
import { unreachable } from './errors/io-failure.js';

/**
 * What an attempt without an answer came to.
 * @param timedOut - whether our own clock ended it.
 */
export function ioFailure(thrown: unknown, timedOut: boolean): Failure {
  if (timedOut) return { type: 'io', code: 'timeout', sent: true };
  if (isCancel(thrown)) return { type: 'cancelled' };
  const code = (isAxiosError(thrown) ? thrown.code : undefined) ?? 'unknown';
  const host = hostOf(thrown);
  return { type: 'io', code, sent: unreachable(code) === undefined, ...(host !== undefined && { host }) };
}

/** The host that was tried, which may be that of a proxy; by the words of Node where it tells, else by the URL. */
function hostOf(thrown: unknown): string | undefined {
  if (!isAxiosError(thrown)) return undefined;
  const { address, hostname, port } = (thrown.cause ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof hostname === 'string') return hostname;
  if (typeof address === 'string' && typeof port === 'number') return `${address} port ${port}`;
  const url = thrown.config?.url ?? '';
  return URL.canParse(url) ? new URL(url).host : undefined;
}
