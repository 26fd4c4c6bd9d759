import { spawnSync } from 'node:child_process';
import { describe, it } from '@jest/globals';

/** True if a `redis-server` can be started. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/**
 * A suite that needs a `redis-server`. Without one it is skipped, except in continuous integration, where it fails.
 * @param tests - must not start Redis before its hooks run.
 */
export function describeWithRedis(name: string, tests: () => void): void {
  if (hasRedis || process.env['REQUIRE_SHARED'] === '1') describe(name, tests);
  else {
    describe(name, () => {
      it.skip('is skipped: there is no redis-server', () => undefined);
    });
  }
}
