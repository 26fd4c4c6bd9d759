import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { StoppedError } from './stopped.mjs';

/**
 * Runs the tests that use reference material in a copy of the repository without it: they must pass there too. Jest
 * finds these tests by their imports.
 * @param {string} root - the repository
 * @returns {Promise<{ code: number, passed: number, failed: number }>} as `runJest` does
 * @throws StoppedError if git does not list the files of the repository
 */
export async function runStandAlone(root) {
  const folder = mkdtempSync(join(tmpdir(), 'stand-alone-'));
  try {
    const copy = join(folder, 'repository');
    console.error('Without reference material: the tests that use it, in a copy of the repository');
    copyRepository(root, copy);
    return await runJest(copy, ['--findRelatedTests', 'test/support/shared.ts'], { REQUIRE_SHARED: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Copies the files that git tracks or would add, in their present state. Links the installed packages. */
function copyRepository(root, copy) {
  for (const file of filesOf(root)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
}

function filesOf(root) {
  const command = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = spawnSync('git', command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new StoppedError(`git does not list the files of the repository: ${stderr}`, 1);
  // Git lists a deleted file until the deletion is committed.
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}
