import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collect } from './shell.mjs';

const script = join(import.meta.dirname, 'confine.sh');
const node = dirname(dirname(process.execPath));

/**
 * Starts an image's command in namespaces of its own: see confine.sh.
 * @param {import('./stages.mjs').Image} image
 * @param {{ root: string, config: string }} folders - an empty folder for its mounts; what is mounted as configuration
 */
export function startContainer(image, { root, config }) {
  const [user, group] = image.user.split(':');
  const variables = Object.entries(image.env).map(([name, value]) => `${name}=${value}`);
  const unshare = ['--mount', '--net', '--pid', '--fork', '--kill-child', 'bash', script];
  const inside = [root, image.root, config, user, group, image.workdir, ...variables, '--'];
  const child = spawn('unshare', [...unshare, ...inside, ...image.entrypoint, ...image.cmd], {
    env: { PATH: process.env.PATH, NODE: node },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const first = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  const enter = ['--mount', '--net', '--pid', '--root', `--wdns=${image.workdir}`];
  const rights = ['--clear-groups', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'];
  const asUser = ['setpriv', `--reuid=${user}`, `--regid=${group}`, ...rights];
  return {
    /** Fulfilled with the log so far when it has the text. @throws Error if the container ends before. */
    logged: (text) => logged(child, ended, text),
    /** Runs a command in the container as its user, as "docker exec" does. */
    exec: (command) =>
      collect('nsenter', ['--target', first(), ...enter, ...asUser, ...command], {
        env: { ...image.env, PATH: `${node}/bin:/usr/sbin:/usr/bin:/sbin:/bin` },
      }),
    /** Sends a signal to process 1. @returns the exit code of the container */
    stop: (signal) => {
      process.kill(Number(first()), signal);
      return ended;
    },
    /** Ends whatever still runs. */
    release: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function logged(child, ended, text) {
  return new Promise((resolve, reject) => {
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        log += chunk;
        if (log.includes(text)) resolve(log);
      });
    }
    void ended.then((code) => reject(new Error(`The container ended with ${code}: ${log}`)));
  });
}
