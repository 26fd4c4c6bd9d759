import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { runNode } from './run.mjs';
import { stoppedCode, StoppedError } from './stopped.mjs';
import { logProblem, searchLog, suiteLogVariable } from './suite-log.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const checks = [
  ['Types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['Lint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['Format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];

/**
 * Installs what is missing, then runs every check, the build and all tests; the first failure ends it. Last, the log
 * that all services of the tests wrote at debug level is searched for what must not be logged.
 * Its last line says `N passed, N failed`, for people and for machines that count.
 * @param {readonly string[]} args - handed on to jest
 */
export async function runTests(args) {
  const code = await stoppedCode(prepare);
  if (code === 0) return runJest(args);
  process.exitCode = code;
  console.log(closingLine(0, 1));
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

async function runJest(args) {
  const directory = mkdtempSync(join(tmpdir(), 'jest-outcome-'));
  try {
    const [outcome, log] = [join(directory, 'outcome.json'), join(directory, 'debug.log')];
    const jest = [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
    ];
    const command = [...jest, '--json', `--outputFile=${outcome}`, ...args];
    console.error(`Tests: ${[...jest, ...args].join(' ')}`);
    const { code } = await runNode(command, { cwd: root, env: { [suiteLogVariable]: log } });
    const [passed, failed] = countTests(readOutcome(outcome));
    const problem = await problemOfLog(log, args);
    if (problem !== '') console.error(problem);
    process.exitCode = code === 0 && problem !== '' ? 1 : code;
    console.log(problem === '' ? closingLine(passed + 1, failed) : closingLine(passed, failed + 1));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The log of a part of the tests, chosen by arguments, may be empty. */
async function problemOfLog(log, args) {
  console.error('Log of the tests: searching it for secrets, names and addresses');
  const { personNames } = await import(pathToFileURL(join(root, 'dist/simulator/seed/names.js')).href);
  const names = new Set(personNames.map(({ last_name }) => last_name));
  const found = await searchLog(log, [...names]);
  return found.lines === 0 && args.length > 0 ? '' : logProblem(found);
}

/** What jest reports; a jest that died before it could report counts as one failure. */
function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0 };
  }
}

/** Passed and failed; a file that could not be run counts as one failed test. */
export function countTests({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
  return [numPassedTests, numFailedTests + numRuntimeErrorTestSuites];
}

function closingLine(passed, failed) {
  return `${passed} passed, ${failed} failed`;
}
