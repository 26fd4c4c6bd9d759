import { join } from 'node:path';
import { runNpm } from './run.mjs';
import { isStale } from './stale.mjs';
import { StoppedError } from './stopped.mjs';

const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR)\b/;

/** Longer than a slow registry needs, shorter than npm's own quarter of an hour. */
const patience = ['--fetch-timeout=60000', '--fetch-retries=3', '--fetch-retry-mintimeout=2000'];

/**
 * Installs the dependencies when they are missing or the lock file is newer than they are.
 * npm writes `node_modules/.package-lock.json` when an installation is complete, so it serves as the stamp.
 * @throws StoppedError when they cannot be installed
 */
export async function installIfNeeded(root) {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  if (!isStale(stamp, [join(root, 'package-lock.json')])) return;
  console.error('Installing dependencies ...');
  const args = ['ci', '--include=dev', '--loglevel=error', ...patience];
  const { code, output } = await runNpm(args, { cwd: root, quiet: true });
  if (code !== 0) throw new StoppedError(installProblem(output), code);
}

/** Why npm failed, in a sentence with the remedy; npm's own words only when they are needed. */
export function installProblem(output) {
  return unreachable.test(output)
    ? 'The npm registry cannot be reached: check the network, or name a registry or proxy that works with "npm config set registry URL" or "npm config set proxy URL", and try again.'
    : `${output.trim()}\nThe dependencies could not be installed: solve what npm says above and try again.`;
}
