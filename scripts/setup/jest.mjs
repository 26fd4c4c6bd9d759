import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './run.mjs';

const jest = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/**
 * Runs tests with Jest and counts them.
 * @param {string} root - the repository whose tests run
 * @param {readonly string[]} args - arguments for Jest
 * @param {Record<string, string>} env - additional environment variables
 * @returns {Promise<{ code: number, passed: number, failed: number }>}
 */
export async function runJest(root, args, env) {
  const directory = mkdtempSync(join(tmpdir(), 'jest-outcome-'));
  try {
    const outcome = join(directory, 'outcome.json');
    console.error(`Tests: ${[...jest, ...args].join(' ')}`);
    const command = [...jest, '--json', `--outputFile=${outcome}`, ...args];
    const { code } = await runNode(command, { cwd: root, env });
    return { code, ...countTests(readOutcome(outcome)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Jest's report. If Jest ends without a report, that counts as one failure. */
function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numRuntimeErrorTestSuites: 0 };
  }
}

/** Counts the tests of a report. A file that Jest could not run counts as one failed test. */
export function countTests({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}
