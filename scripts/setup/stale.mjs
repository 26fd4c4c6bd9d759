import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether something has to be made again.
 * @param {string} stamp - a file that was written when it was made last
 * @param {readonly string[]} sources - files and directories it is made of; one that is missing does not count
 * @returns {boolean} true also when the stamp is missing
 */
export function isStale(stamp, sources) {
  if (!existsSync(stamp)) return true;
  const made = statSync(stamp).mtimeMs;
  return sources.some((source) => newest(source) > made);
}

/** A directory's own time counts too: it changes when a file is removed. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
