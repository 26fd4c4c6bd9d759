import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from '@jest/globals';

const root = projectRoot(import.meta.dirname);

/** Folder with reference material that is not part of the repository; it lies beside the project. */
export const sharedFolder = join(root, '..', 'shared');

/**
 * A `describe` for tests that need the reference material. Without it they are skipped, unless the environment
 * says REQUIRE_SHARED=1: then they fail.
 */
export function describeWithShared(name: string, tests: () => void): void {
  if (existsSync(join(sharedFolder, 'zoom-openapi'))) describe(name, tests);
  else if (process.env['REQUIRE_SHARED'] === '1') describe(name, failForLackOfShared);
  else describe.skip(`${name} (skipped: there is no ${sharedFolder})`, tests);
}

/** A parsed specification out of `zoom-openapi`. */
export function openApi(fileName: string): unknown {
  return JSON.parse(readFileSync(join(sharedFolder, 'zoom-openapi', fileName), 'utf8')) as unknown;
}

function failForLackOfShared(): void {
  it('finds the reference material', () => {
    throw new Error(`REQUIRE_SHARED is set but there is no ${sharedFolder}`);
  });
}

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json above the tests');
  return projectRoot(parent);
}
