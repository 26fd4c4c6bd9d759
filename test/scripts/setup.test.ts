import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { installProblem } from '../../scripts/setup/install.mjs';
import { nodeVersionProblem } from '../../scripts/setup/node-version.mjs';
import { countTests } from '../../scripts/setup/jest.mjs';
import { summary } from '../../scripts/setup/run-tests.mjs';
import { isStale } from '../../scripts/setup/stale.mjs';
import { useTemporaryFolder } from '../support/temporary-folder.js';

describe('Node.js is accepted', () => {
  test.each(['20.19.0', '20.20.1', '22.0.0', '24.1.0-nightly'])('at version %s', (running) => {
    expect(nodeVersionProblem(running, '>=20.19.0')).toBe('');
  });

  test.each(['20.18.9', '18.20.0', '8.17.0'])('but not at version %s, with the remedy', (running) => {
    expect(nodeVersionProblem(running, '>=20.19.0')).toBe(
      `This needs Node.js 20.19.0 or newer and runs on ${running}: install a newer one from nodejs.org.`,
    );
  });
});

test('.node-version names the oldest Node.js that the package accepts', async () => {
  const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  const { engines } = JSON.parse(await read('package.json')) as { engines: { node: string } };
  expect(`>=${(await read('.node-version')).trim()}`).toBe(engines.node);
});

describe('what was made is stale', () => {
  const folder = useTemporaryFolder();

  beforeEach(async () => {
    await mkdir(join(folder.path, 'src/inner'), { recursive: true });
    await writeAt('src/inner/a.ts', 100);
    await setTime('src/inner', 100);
    await setTime('src', 100);
  });

  async function writeAt(name: string, seconds: number): Promise<void> {
    await writeFile(join(folder.path, name), '');
    await setTime(name, seconds);
  }

  function setTime(name: string, seconds: number): Promise<void> {
    return utimes(join(folder.path, name), seconds, seconds);
  }

  function isSourceNewer(): boolean {
    return isStale(join(folder.path, 'stamp'), [join(folder.path, 'src'), join(folder.path, 'absent')]);
  }

  test('when it was never made', () => {
    expect(isSourceNewer()).toBe(true);
  });

  test('not when it is newer than everything', async () => {
    await writeAt('stamp', 200);
    expect(isSourceNewer()).toBe(false);
  });

  test('when a file deep inside is newer', async () => {
    await writeAt('stamp', 200);
    await setTime('src/inner/a.ts', 300);
    expect(isSourceNewer()).toBe(true);
  });

  test('when a file was removed since', async () => {
    await writeAt('stamp', 200);
    await rm(join(folder.path, 'src/inner/a.ts'));
    expect(isSourceNewer()).toBe(true);
  });
});

describe('a failed installation', () => {
  test('for want of a registry is one sentence with the remedy', () => {
    const output = 'npm error code ECONNREFUSED\nnpm error syscall connect\nnpm error errno ECONNREFUSED';
    expect(installProblem(output)).toMatch(/^The npm registry cannot be reached: .*\.$/);
    expect(installProblem(output)).toContain('npm config set registry');
  });

  test('for another reason keeps what npm said', () => {
    expect(installProblem('npm error code EUSAGE\n')).toMatch(/^npm error code EUSAGE\nThe dependencies/);
  });
});

test('a test file that could not be run counts as a failure', () => {
  const outcome = { numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };
  expect(countTests(outcome)).toEqual({ passed: 5, failed: 3 });
});

test('the tests of all runs are counted together, and a failure of any is one of the whole', () => {
  const good = { code: 0, passed: 5, failed: 0 };
  const bad = { code: 3, passed: 1, failed: 2 };
  expect(summary([good, good])).toEqual({ code: 0, line: '10 passed, 0 failed' });
  expect(summary([bad, good])).toEqual({ code: 3, line: '6 passed, 2 failed' });
  expect(summary([good, bad])).toEqual({ code: 3, line: '6 passed, 2 failed' });
});

test('tests reach the reference material through their support alone, so that CI finds those that need it', async () => {
  const tests = new URL('..', import.meta.url);
  const files = await readdir(tests, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && file !== join('support', 'shared.ts'));
  const texts = await Promise.all(
    sources.map(async (file) => ({ file, text: await readFile(new URL(file, tests), 'utf8') })),
  );
  const direct = texts.filter(({ text }) => /'(?:\.\.\/)*shared['/]/.test(text));
  expect(direct.map(({ file }) => file)).toEqual([]);
});
