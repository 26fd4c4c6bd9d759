import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../test/interop/', import.meta.url));

/** The commands for programs in Java that this computer lacks. */
export function missingCommands() {
  return ['javac', 'mvn'].filter((command) => spawnSync(command, ['-version']).status !== 0);
}

/**
 * Compiles classes of `test/interop`, or of another absolute path, against the libraries that a pom names.
 * @param {{ version: string, pom: string, classes: readonly string[], folder: string }} program - `folder` is for
 * what is made
 * @returns {string | undefined} the class path; `undefined` if Maven cannot fetch the libraries
 */
export function compile({ version, pom, classes, folder }) {
  const name = `${pom}-${version}`;
  const list = join(folder, `${name}.txt`);
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath';
  const options = [
    '-f',
    join(sources, pom),
    `-Dconnid.version=${version}`,
    plugin,
    `-Dmdep.outputFile=${list}`,
  ];
  if (!succeeds('mvn', '-B', '-q', ...options)) return undefined;
  const libraries = readFileSync(list, 'utf8').trim();
  const out = join(folder, name);
  const files = classes.map((each) => resolve(sources, `${each}.java`));
  if (!succeeds('javac', '-cp', libraries, '-d', out, ...files))
    throw new Error(`${classes.join(', ')} do not compile`);
  return [libraries, out].join(delimiter);
}

function succeeds(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) console.error(stdout, stderr ?? `${command} is missing`);
  return status === 0;
}

/**
 * Runs a class. ConnId's own logger is replaced, because it wraps the handlers of a caller.
 * @param {{ path: string, main: string, properties: Record<string, string | number | boolean> }} program
 * @param {number} mostMs - the class is stopped after so many milliseconds
 * @returns {Promise<string>} what it prints
 */
export function runJava({ path, main, properties }, mostMs = 600_000) {
  const all = { 'org.identityconnectors.common.logging.class': 'SilentLog', ...properties };
  const defines = Object.entries(all).map(([name, value]) => `-D${name}=${value}`);
  const args = ['-XX:+UseSerialGC', ...defines, '-cp', path, main];
  return new Promise((done, reject) => {
    const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: mostMs });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', () => done(text));
  });
}
