import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from '@jest/globals';

/**
 * A `describe` for tests that need programs such as `helm` on the PATH. Where one is absent, its body does not run: one
 * skipped test stands for it. With REQUIRE_DEPLOY_TOOLS=1 in the environment that test fails instead.
 * test/deploy/tools/install.sh installs them.
 */
export function describeWithTools(name: string, tools: readonly string[], tests: () => void): void {
  const missing = tools.filter((tool) => !isOnPath(tool));
  if (missing.length === 0) describe(name, tests);
  else describe(name, () => insteadOfTests(missing));
}

function isOnPath(tool: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => isProgram(join(folder, tool)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function insteadOfTests(missing: readonly string[]): void {
  const reason = `the PATH has no ${missing.join(', ')}`;
  if (process.env['REQUIRE_DEPLOY_TOOLS'] !== '1') it.skip(`is skipped: ${reason}`, () => undefined);
  else
    it('finds its tools', () => {
      throw new Error(`REQUIRE_DEPLOY_TOOLS is set but ${reason}: run test/deploy/tools/install.sh`);
    });
}
