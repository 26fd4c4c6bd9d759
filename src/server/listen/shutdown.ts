import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ConnectorApp } from '../app.js';

/** Connections that become idle while we wait are closed this often. */
const sweepMs = 50;

/** Time between the last answer and the end of the grace period, for the answer to get out. */
const reserveMs = 500;

/**
 * Stops accepting, lets running operations finish, aborts those that would not finish within the grace period, and
 * at its end closes what is left.
 */
export async function shutDown(
  server: Server,
  { running, abortGraceMs }: Pick<ConnectorApp, 'running' | 'abortGraceMs'>,
  graceMs: number,
): Promise<void> {
  running.beginStopping();
  const closed = once(server, 'close');
  server.close();
  const abortAfterMs = Math.max(graceMs / 2, graceMs - abortGraceMs - reserveMs);
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const abort = setTimeout(() => running.abortAll(), abortAfterMs);
  const over = new AbortController();
  const end = sleep(graceMs, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    await Promise.race([Promise.all([closed, running.idle()]), end]);
    server.closeAllConnections();
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(abort);
    over.abort();
  }
}
