import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load-config.js';
import { type ConfigChange, type ConfigWatch, watchConfig } from '../../src/config/watch-config.js';

let directory: string;
let file: string;
let watch: ConfigWatch | undefined;
let changes: ConfigChange[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'watch-'));
  file = join(directory, 'connector.json');
  changes = [];
});

afterEach(async () => {
  watch?.close();
  await rm(directory, { recursive: true });
});

function content(accountId: string, more: object = {}): string {
  return JSON.stringify({ service: { target: 'simulator' }, custom: { accountId }, ...more });
}

/** Writes the file at once, so that no look of the watch meets half of it. */
async function write(text: string, target = file): Promise<void> {
  await writeFile(`${target}.tmp`, text);
  await rename(`${target}.tmp`, target);
}

async function start(env: Record<string, string> = {}, intervalMs = 5): Promise<void> {
  const loaded = await loadConfig({ file, env });
  watch = watchConfig({ file, env, loaded, intervalMs }, (change) => {
    changes.push(change);
  });
}

async function until(count: number): Promise<void> {
  while (changes.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

function accountIds(): (string | null | undefined)[] {
  return changes.map((change) => ('config' in change ? change.config.custom.accountId : undefined));
}

test('a valid change is loaded and reported once', async () => {
  await writeFile(file, content('old'));
  await start({}, 50);
  await writeFile(file, content('new'));
  await until(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(accountIds()).toEqual(['new']);
});

test('an invalid change is reported with its findings, and the repair is loaded', async () => {
  await writeFile(file, content('old'));
  await start();
  await write('{"custom": 1}');
  await until(1);
  expect(changes[0]).toMatchObject({
    error: { kind: 'configuration', details: { errors: [{ path: '/custom' }] } },
  });
  await write(content('new'));
  await until(2);
  expect(accountIds()).toEqual([undefined, 'new']);
});

test('editors that write a new file and rename it are noticed', async () => {
  await writeFile(file, content('old'));
  await start();
  await write(content('new'));
  await until(1);
  expect(accountIds()).toEqual(['new']);
});

test('swapped symbolic links, as Kubernetes mounts them, are noticed', async () => {
  for (const version of ['1', '2']) {
    await mkdir(join(directory, version));
    await writeFile(join(directory, version, 'connector.json'), content(version));
  }
  await symlink('1', join(directory, 'data'));
  await symlink(join('data', 'connector.json'), file);
  await start();
  await symlink('2', join(directory, 'next'));
  await rename(join(directory, 'next'), join(directory, 'data'));
  await until(1);
  expect(accountIds()).toEqual(['2']);
});

test('a new value in a secret file is a change', async () => {
  const secret = join(directory, 'token');
  await writeFile(secret, 'old');
  await writeFile(file, content('a', { security: { scim: { bearerToken: { file: secret } } } }));
  await start();
  await write('new', secret);
  await until(1);
  expect(changes[0]).toMatchObject({ config: { custom: { accountId: 'a' } } });
});

test('a change between loading and watching is not missed', async () => {
  await writeFile(file, content('old'));
  const loaded = await loadConfig({ file, env: {} });
  await writeFile(file, content('new'));
  watch = watchConfig({ file, env: {}, loaded, intervalMs: 5 }, (change) => {
    changes.push(change);
  });
  await until(1);
  expect(accountIds()).toEqual(['new']);
});

test('nothing is reported after closing', async () => {
  await writeFile(file, content('old'));
  await start();
  watch?.close();
  await writeFile(file, content('new'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(changes).toEqual([]);
});
