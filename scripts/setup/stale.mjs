import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Checks if a generated file is older than its sources.
 * @param {string} stamp - a file that was written at the last generation
 * @param {readonly string[]} sources - files and directories; missing ones are ignored
 * @returns {boolean} true if a source is newer, or the stamp is missing
 */
export function isStale(stamp, sources) {
  if (!existsSync(stamp)) return true;
  const made = statSync(stamp).mtimeMs;
  return sources.some((source) => newest(source) > made);
}

/** The newest time inside a path. It includes the times of directories, which change when a file is removed. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
