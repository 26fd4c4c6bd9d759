import { join } from 'node:path';
import { runNpm } from './run.mjs';
import { isStale } from './stale.mjs';
import { StoppedError } from './stopped.mjs';

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR)\b/;

/** Time-outs for npm: long enough for a slow registry, shorter than the default of 15 minutes. */
const timeouts = ['--fetch-timeout=60000', '--fetch-retries=3', '--fetch-retry-mintimeout=2000'];

/**
 * Installs the dependencies if they are missing or older than the lock file. The file
 * `node_modules/.package-lock.json` shows their age: npm writes it at the end of an installation.
 * @throws StoppedError if they cannot be installed
 */
export async function installIfNeeded(root) {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  if (!isStale(stamp, [join(root, 'package-lock.json')])) return;
  console.error('Installing dependencies ...');
  const args = ['ci', '--include=dev', '--loglevel=error', ...timeouts];
  const { code, output } = await runNpm(args, { cwd: root, quiet: true });
  if (code !== 0) throw new StoppedError(installProblem(output), code);
}

/** The message about a failed installation, with the remedy. It contains npm's output unless the network failed. */
export function installProblem(output) {
  return unreachable.test(output)
    ? 'The npm registry cannot be reached: check the network, or name a registry or proxy that works with "npm config set registry URL" or "npm config set proxy URL", and try again.'
    : `${output.trim()}\nThe dependencies could not be installed: solve the problem that npm reports above, and try again.`;
}
