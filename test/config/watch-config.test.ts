import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadConfig, type LoadedConfig, readTextFile } from '../../src/config/load-config.js';
import { type ConfigChange, type ConfigWatch, watchConfig } from '../../src/config/watch-config.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder();
let file: string;
let watch: ConfigWatch | undefined;
let changes: ConfigChange[];
let endPause: () => void;
let pausing: () => void;

beforeEach(() => {
  file = join(folder.path, 'connector.json');
  changes = [];
  pausing = () => undefined;
});

afterEach(() => {
  watch?.close();
});

function content(accountId: string, more: object = {}): string {
  return JSON.stringify({ service: { target: 'simulator' }, custom: { accountId }, ...more });
}

async function start(readFile = readTextFile): Promise<void> {
  startFrom(await loadConfig({ file, env: {} }), readFile);
}

function startFrom(loaded: LoadedConfig, readFile = readTextFile): void {
  watch = watchConfig({ file, env: {}, loaded, readFile, pause }, (change) => {
    changes.push(change);
  });
}

/** The pause of the watch, which lasts until the test asks for a look. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    endPause = resolve;
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error));
    pausing();
  });
}

/** Lets the watch look so many times, each time to the end. */
async function look(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const nextPause = new Promise<void>((resolve) => (pausing = resolve));
    endPause();
    await nextPause;
  }
}

function accountIds(): (string | null | undefined)[] {
  return changes.map((change) => ('config' in change ? change.config.custom.accountId : undefined));
}

test('a valid change is loaded once it reads the same twice, and reported once', async () => {
  await writeFile(file, content('old'));
  await start();
  await writeFile(file, content('new').slice(0, 20));
  await look(1);
  await writeFile(file, content('new'));
  await look(1);
  expect(changes).toEqual([]);
  await look(1);
  expect(accountIds()).toEqual(['new']);
  await look(3);
  expect(accountIds()).toEqual(['new']);
});

test('an invalid change is reported with its findings, and the repair is loaded', async () => {
  await writeFile(file, content('old'));
  await start();
  await writeFile(file, '{"custom": 1}');
  await look(2);
  expect(changes[0]).toMatchObject({
    error: { kind: 'configuration', details: { errors: [{ path: '/custom' }] } },
  });
  await writeFile(file, content('new'));
  await look(2);
  expect(accountIds()).toEqual([undefined, 'new']);
});

test('editors that write a new file and rename it are noticed', async () => {
  await writeFile(file, content('old'));
  await start();
  await writeFile(`${file}.new`, content('new'));
  await rename(`${file}.new`, file);
  await look(2);
  expect(accountIds()).toEqual(['new']);
});

test('swapped symbolic links, as Kubernetes mounts them, are noticed', async () => {
  for (const version of ['1', '2']) {
    await mkdir(join(folder.path, version));
    await writeFile(join(folder.path, version, 'connector.json'), content(version));
  }
  await symlink('1', join(folder.path, 'data'));
  await symlink(join('data', 'connector.json'), file);
  await start();
  await symlink('2', join(folder.path, 'next'));
  await rename(join(folder.path, 'next'), join(folder.path, 'data'));
  await look(2);
  expect(accountIds()).toEqual(['2']);
});

test('a new value in a secret file is a change', async () => {
  const secret = join(folder.path, 'token');
  await writeFile(secret, 'old');
  await writeFile(file, content('a', { security: { scim: { bearerToken: { file: secret } } } }));
  await start();
  await writeFile(secret, 'new');
  await look(2);
  expect(changes[0]).toMatchObject({ config: { custom: { accountId: 'a' } } });
});

test('a change between loading and watching is not missed', async () => {
  await writeFile(file, content('old'));
  const loaded = await loadConfig({ file, env: {} });
  await writeFile(file, content('new'));
  startFrom(loaded);
  await look(2);
  expect(accountIds()).toEqual(['new']);
});

test('nothing is reported after closing, not even a change that is being read', async () => {
  await writeFile(file, content('old'));
  let closeAtRead = false;
  await start((path) => {
    if (closeAtRead) watch?.close();
    return readTextFile(path);
  });
  await writeFile(file, content('new'));
  await look(1);
  closeAtRead = true;
  await look(1);
  expect(changes).toEqual([]);
});
