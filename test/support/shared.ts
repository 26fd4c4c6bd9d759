import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from '@jest/globals';

const root = projectRoot(import.meta.dirname);

/** Folder with reference material that is not part of the repository; it lies beside the project. */
export const sharedFolder = join(root, '..', 'shared');

/**
 * A `describe` for tests that need the reference material. Where there is none, its body does not run: one skipped test
 * stands for it. With REQUIRE_SHARED=1 in the environment that test fails instead.
 */
export function describeWithShared(name: string, tests: () => void): void {
  if (existsSync(join(sharedFolder, 'zoom-openapi'))) describe(name, tests);
  else describe(name, insteadOfTests);
}

/** A parsed specification out of `zoom-openapi`. */
export function openApi(fileName: string): unknown {
  return JSON.parse(readFileSync(join(sharedFolder, 'zoom-openapi', fileName), 'utf8')) as unknown;
}

function insteadOfTests(): void {
  const reason = `there is no reference material in ${sharedFolder}`;
  if (process.env['REQUIRE_SHARED'] !== '1') it.skip(`is skipped: ${reason}`, () => undefined);
  else
    it('finds the reference material', () => {
      throw new Error(`REQUIRE_SHARED is set but ${reason}`);
    });
}

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json above the tests');
  return projectRoot(parent);
}
