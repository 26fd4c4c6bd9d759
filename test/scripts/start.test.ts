import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from '@jest/globals';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));
const folder = useTemporaryFolder();

beforeEach(async () => {
  await cp(scripts, join(folder.path, 'scripts'), { recursive: true });
  await mkdir(join(folder.path, 'node_modules'));
  await mkdir(join(folder.path, 'dist'));
});

function write(name: string, content: unknown): Promise<void> {
  return writeFile(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content));
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const command = [join(folder.path, 'scripts/start.mjs'), ...args];
    execFile(process.execPath, command, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test('a Node.js that is too old ends the start in one sentence', async () => {
  await write('package.json', { engines: { node: '>=99.0.0' } });
  const { code, stderr } = await start();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^This needs Node\.js 99\.0\.0 or newer and runs on [\d.]+: install .*\.\n$/);
});

test('with everything in place the service runs at once, with the arguments given', async () => {
  await write('package.json', { type: 'module', engines: { node: '>=20.0.0' } });
  await write('package-lock.json', {});
  await write('node_modules/.package-lock.json', {});
  await write('dist/main.js', 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
  await write('dist/.built', '');
  const { code, stdout, stderr } = await start('--config', 'my.json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(['serve', '--examples', '--config', 'my.json']);
  expect(code).toBe(7);
});

test('sources that do not compile end the start with the compiler’s code', async () => {
  await write('package.json', { type: 'module', engines: { node: '>=20.0.0' } });
  await write('node_modules/.package-lock.json', {});
  await mkdir(join(folder.path, 'node_modules/typescript/bin'), { recursive: true });
  await write('node_modules/typescript/bin/tsc', 'process.exitCode = 2;');
  const { code, stderr } = await start();
  expect(code).toBe(2);
  expect(stderr).toBe('Building ...\nThe sources do not compile: see the messages above.\n');
});
