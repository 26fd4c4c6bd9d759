import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { StoppedError } from './stopped.mjs';

/**
 * Runs the tests that use reference material in a copy of the repository that has none beside it: they have to pass
 * there without it. Jest finds these tests by what they import.
 * @param {string} root - the repository
 * @returns {Promise<{ code: number, passed: number, failed: number }>} as `runJest` does
 * @throws StoppedError when git does not list the files of the repository
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

/** Copies the files that git knows or would add, as they are now. The installed packages are only linked. */
function copyRepository(root, copy) {
  for (const file of filesOf(root)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
}

function filesOf(root) {
  const command = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = spawnSync('git', command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new StoppedError(`git does not list the files of the repository: ${stderr}`, 1);
  // A file that was deleted is listed until the deletion is committed.
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}
