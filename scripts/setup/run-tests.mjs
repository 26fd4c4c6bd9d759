import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { runNode } from './run.mjs';
import { stoppedCode, StoppedError } from './stopped.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const checks = [
  ['Types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['Lint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['Format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];

/**
 * Installs what is missing, then runs every check, the build and all tests; the first failure ends it.
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
    const outcome = join(directory, 'outcome.json');
    const jest = [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
    ];
    const command = [...jest, '--json', `--outputFile=${outcome}`, ...args];
    console.error(`Tests: ${[...jest, ...args].join(' ')}`);
    const { code } = await runNode(command, { cwd: root });
    process.exitCode = code;
    console.log(closingLine(...countTests(readOutcome(outcome))));
  } finally {
    rmSync(directory, { recursive: true });
  }
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
