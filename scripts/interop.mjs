// Lets real hosts of ConnId's framework call the service with its simulator: each version over TCP and over TLS.
// Needs a JDK 17 or newer, Maven, and the libraries of ConnId from Maven's repository. Without them it says so and ends
// well.
//
//   npm run test:interop                 all versions
//   npm run test:interop -- 1.6.0.0      one of them
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './setup/build.mjs';
import { installIfNeeded } from './setup/install.mjs';

const repository = fileURLToPath(new URL('../', import.meta.url));
const sources = join(repository, 'test', 'interop');
const certificates = join(repository, 'test', 'support', 'tls');
const versions = ['1.5.1.0', '1.5.2.0', '1.6.0.0'];
const key = 'interop-key-of-a-real-host';

/** Runs a command and returns its output; `undefined` if it is missing or fails. */
function output(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) console.error(stderr ?? `${command} is missing`);
  return status === 0 ? stdout : undefined;
}

/** The compiled client and the libraries of a version, as a class path; `undefined` if Maven cannot fetch them. */
function classPath(version, folder) {
  const list = join(folder, `${version}.txt`);
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath';
  const pom = join(sources, 'pom.xml');
  const options = [`-Dconnid.version=${version}`, plugin, `-Dmdep.outputFile=${list}`];
  if (output('mvn', '-B', '-q', '-f', pom, ...options) === undefined) return undefined;
  const libraries = readFileSync(list, 'utf8').trim();
  const classes = join(folder, version);
  const files = ['SilentLog.java', 'Interop.java'].map((file) => join(sources, file));
  if (output('javac', '-cp', libraries, '-d', classes, ...files) === undefined)
    throw new Error('The client does not compile');
  return [libraries, classes].join(delimiter);
}

/** Starts the service, and calls a function with the port for hosts. */
async function withService({ folder, tls, users }, work) {
  const file = join(folder, 'connector.json');
  const pem = { certFile: join(certificates, 'server.pem'), keyFile: join(certificates, 'server.key') };
  const settings = {
    service: { target: 'simulator' },
    rateLimit: { plan: 'none' },
    simulator: { users, plan: 'none' },
    server: { port: 0 },
    connectorServer: { enabled: true, port: 0, keys: [{ env: 'INTEROP_KEY' }], ...(tls && { tls: pem }) },
  };
  writeFileSync(file, JSON.stringify(settings));
  const main = join(repository, 'dist', 'main.js');
  const service = spawn(process.execPath, [main, 'serve', '--config', file], {
    env: { ...process.env, INTEROP_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return await work(await portOf(service));
  } finally {
    service.kill();
  }
}

/** Waits for the record of the start, which names the address for hosts. */
function portOf(service) {
  return new Promise((resolve, reject) => {
    let text = '';
    service.once('exit', () => reject(new Error('The service does not start')));
    service.stdout.on('data', (chunk) => {
      text = `${text}${chunk}`.slice(-10_000);
      const port = /"hostsUrl":"connids?:\/\/[^"]*:(\d+)"/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

/** Runs the client. @returns the numbers of its closing line. */
function runClient(path, port, { tls, users }) {
  const log = '-Dorg.identityconnectors.common.logging.class=SilentLog';
  const args = [log, '-cp', path, 'Interop', '127.0.0.1', port, key, tls ? 'tls' : 'plain', String(users)];
  return new Promise((resolve) => {
    const client = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    client.stdout.on('data', (chunk) => (text += chunk));
    client.once('close', () => {
      const [, passed = '0', failed = '1'] = /(\d+) passed, (\d+) failed\s*$/.exec(text) ?? [];
      for (const line of text.split('\n').filter((each) => each.startsWith('not ok'))) console.log(line);
      resolve({ passed: Number(passed), failed: Number(failed) });
    });
  });
}

async function run(selected) {
  const folder = mkdtempSync(join(tmpdir(), 'interop-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const version of selected) {
      const path = classPath(version, folder);
      if (path === undefined) {
        console.log(`Skipped: Maven cannot fetch the libraries of ConnId ${version}.`);
        continue;
      }
      for (const tls of [false, true]) {
        const setting = { folder, tls, users: tls ? 500 : 10_000 };
        const counts = await withService(setting, (port) => runClient(path, port, setting));
        console.log(
          `ConnId ${version} over ${tls ? 'TLS' : 'TCP'}: ${counts.passed} passed, ${counts.failed} failed`,
        );
        total.passed += counts.passed;
        total.failed += counts.failed;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return total;
}

const missing = ['javac', 'mvn'].filter((command) => spawnSync(command, ['-version']).status !== 0);
if (missing.length > 0) {
  console.log(
    `Skipped: the tests with real hosts of ConnId need a JDK and Maven; ${missing.join(' and ')} is missing.`,
  );
} else {
  await installIfNeeded(repository);
  await buildIfNeeded(repository);
  const chosen = process.argv.slice(2);
  const { passed, failed } = await run(chosen.length > 0 ? chosen : versions);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
