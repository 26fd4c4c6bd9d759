import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startContainer } from './container.mjs';

const token = 'a-token-for-this-trial-only';

const configuration = {
  service: { target: 'simulator' },
  simulator: { allowRemote: true, users: 50, groups: 2, phoneUsers: 5 },
  server: {
    authentication: {
      bearerTokens: [
        { name: 'trial', sha256: createHash('sha256').update(token).digest('hex'), scopes: ['read'] },
      ],
    },
  },
};

/** What this computer lacks for a start as in a container. */
export function missingForContainer() {
  if (process.platform !== 'linux') return ['Linux'];
  if (process.getuid() !== 0) return ['root'];
  const commands = ['unshare', 'nsenter', 'setpriv', 'ip', 'chroot', 'bash'];
  const missing = commands.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return missing;
  const { status } = spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']);
  return status === 0 ? [] : ['the right to make namespaces'];
}

/**
 * Starts a container of an image with the simulator as its target, calls it, and stops it.
 * @param {import('./stages.mjs').Image} image
 * @param {string} folder - for temporary files
 */
export async function* tryContainer(image, folder) {
  const [root, config] = ['mounts', 'config'].map((name) => join(folder, name));
  mkdirSync(root);
  mkdirSync(config);
  writeFileSync(join(config, 'connector.json'), JSON.stringify(configuration));
  const container = startContainer(image, { root, config });
  try {
    await container.logged('listening on');
    yield* callService(container, image.ports[0]);
    const health = await container.exec(image.health);
    yield check('the health check of the image succeeds', health.code === 0, health.output);
    const writable = await container.exec(findWritable);
    yield check('nothing in its file system can be written', writable.output === '', writable.output);
    const rights = await container.exec(['grep', '-E', '^(Uid|CapEff|NoNewPrivs)', '/proc/1/status']);
    yield check(
      'process 1 is not root and has no privileges',
      unprivileged.test(rights.output),
      rights.output,
    );
    const code = await container.stop('SIGTERM');
    yield check('SIGTERM ends it well', code === 0, `exit code ${code}`);
  } finally {
    await container.release();
  }
}

/** Lines of /proc/PID/status: no user number is 0, and there are no capabilities and no way to get some. */
const unprivileged = /^Uid:(?:\s+[1-9]\d*){4}\n[^]*CapEff:\s+0+\n[^]*NoNewPrivs:\s+1\n/;

/** Devices and processes are the kernel's. What the user cannot list has been asked about before. */
const findWritable = ['find', '/', '(', '-path', '/proc', '-o', '-path', '/dev', ')', '-prune']
  .concat(['-o', '-writable', '!', '-type', 'l', '-print', '-quit'])
  .concat(['-o', '-type', 'd', '!', '-readable', '-prune']);

async function* callService({ exec }, port) {
  const ask = async (path, init) => {
    const call = `fetch('http://127.0.0.1:${port}${path}', ${JSON.stringify(init)})`;
    const print = `async (answer) => console.log(answer.status, await answer.text())`;
    return (await exec(['node', '-e', `${call}.then(${print})`])).output.trim();
  };
  const authorization = `Bearer ${token}`;
  const body = JSON.stringify({
    objectClass: 'ZoomUser',
    filter: { equals: { EMAIL: 'owner@example.com' } },
  });
  const search = { method: 'POST', body, headers: { authorization, 'content-type': 'application/json' } };
  yield starts('/livez', await ask('/livez', {}), '200');
  yield starts('/readyz', await ask('/readyz', {}), '200');
  yield starts('/metrics without a token', await ask('/metrics', {}), '401');
  yield starts('/metrics with one', await ask('/metrics', { headers: { authorization } }), '200');
  const found = await ask('/v1/search', search);
  yield check(
    'a search finds the owner',
    /^200 .*"name":"owner@example\.com"/.test(found),
    found.slice(0, 120),
  );
}

const starts = (name, answer, status) =>
  check(`${name} answers ${status}`, answer.startsWith(status), answer.slice(0, 60));

function check(name, ok, detail) {
  return { name, ok, detail };
}
