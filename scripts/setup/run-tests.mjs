import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { runJest } from './jest.mjs';
import { runNode } from './run.mjs';
import { runStandAlone } from './stand-alone.mjs';
import { stoppedCode, StoppedError } from './stopped.mjs';
import { logProblem, searchLog, suiteLogVariable } from './suite-log.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const checks = [
  ['Types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['Lint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['Format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];

/**
 * Installs dependencies if necessary, then runs every check, the build and all tests. The first failed check ends it.
 * Last, it searches the debug log of the tests for text that must not be logged. If reference material is required, the
 * tests that use it also run in a copy of the repository without it.
 * The last line of the output is `N passed, N failed`, for people and for programs that count tests.
 * @param {readonly string[]} args - arguments for Jest
 */
export async function runTests(args) {
  const runs = [];
  const stopCode = await stoppedCode(async () => {
    await prepare();
    if (process.env.REQUIRE_SHARED === '1') runs.push(await runStandAlone(root));
    runs.push(await runSuite(args));
  });
  if (stopCode !== 0) runs.push({ code: stopCode, passed: 0, failed: 1 });
  const { code, line } = summary(runs);
  process.exitCode = code;
  console.log(line);
}

/**
 * Exit code and last line for several runs of tests.
 * @param {readonly { code: number, passed: number, failed: number }[]} runs
 * @returns {{ code: number, line: string }} the first code that is not 0
 */
export function summary(runs) {
  const sum = (member) => runs.reduce((total, run) => total + run[member], 0);
  const code = runs.find((run) => run.code !== 0)?.code ?? 0;
  return { code, line: `${sum('passed')} passed, ${sum('failed')} failed` };
}

async function prepare() {
  await installIfNeeded(root);
  for (const [name, command] of checks) await check(name, command);
  await build(root);
}

async function check(name, command) {
  console.error(`${name}: ${command.join(' ')}`);
  const { code } = await runNode(command, { cwd: root });
  if (code !== 0) throw new StoppedError(`${name} failed: see the messages above.`, code);
}

async function runSuite(args) {
  const directory = mkdtempSync(join(tmpdir(), 'suite-log-'));
  try {
    const log = join(directory, 'debug.log');
    const run = await runJest(root, args, { [suiteLogVariable]: log });
    const problem = await problemOfLog(log, args);
    if (problem === '') return { ...run, passed: run.passed + 1 };
    console.error(problem);
    return { ...run, code: run.code || 1, failed: run.failed + 1 };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Searches the log of the tests. It may be empty if arguments select only some of the tests. */
async function problemOfLog(log, args) {
  console.error('Log of the tests: searching it for secrets, names and addresses');
  const { personNames } = await import(pathToFileURL(join(root, 'dist/simulator/seed/names.js')).href);
  const names = new Set(personNames.map(({ last_name }) => last_name));
  const found = await searchLog(log, [...names]);
  return found.lines === 0 && args.length > 0 ? '' : logProblem(found);
}
