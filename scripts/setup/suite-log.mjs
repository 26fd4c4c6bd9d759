import { Buffer } from 'node:buffer';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The environment variable that names the log file of the tests. All services and clients write it at debug level. */
export const suiteLogVariable = 'SUITE_LOG';

/**
 * A word in every canary: the secrets, names and addresses that tests plant. A log line that contains it, in upper or
 * lower case, contains text that must not be logged.
 */
export const canaryWord = 'canary';

const maxPrinted = 10;

/** Text that must not be in a log: its kind, and the source of a regular expression that ignores case. */
const forbidden = {
  'a canary': [canaryWord, ...encodedForms(canaryWord)].join('|'),
  'an e-mail address': '[\\w.+-]+@[a-z0-9-]+\\.[a-z]',
  'an access token': '\\beyj[\\w-]{20,}\\.',
};

/**
 * Searches a log for text that must not be in it.
 * @param {string} file
 * @param {readonly string[]} names - last names of simulated users
 * @returns {Promise<{ lines: number, findings: string[] }>} a finding contains the kind of text and the line
 */
export async function searchLog(file, names) {
  const kinds = { ...forbidden, ...(names.length > 0 && { 'a name': wholeWords(names) }) };
  const patterns = Object.entries(kinds).map(([what, source]) => [what, new RegExp(source, 'iu')]);
  const findings = [];
  let lines = 0;
  if (!existsSync(file)) return { lines, findings };
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    lines += 1;
    for (const [what, pattern] of patterns) {
      if (pattern.test(line)) findings.push(`${what}: ${line.slice(0, 500)}`);
    }
  }
  return { lines, findings };
}

/**
 * The message about the log of a test run.
 * @param {{ lines: number, findings: readonly string[] }} found
 * @returns {string} empty if the log is fine
 */
export function logProblem({ lines, findings }) {
  if (lines === 0) return 'The log of the tests is empty, so the search proves nothing.';
  if (findings.length === 0) return '';
  const printed = findings.slice(0, maxPrinted).map((finding) => `\n  ${finding}`);
  return `The log of the tests contains text that must not be logged, ${findings.length} times:${printed.join('')}`;
}

/** The three forms of a word in a base64 text, one for each offset at which it can begin. */
function encodedForms(word) {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + word).toString('base64url');
    // Leave out characters that contain bits of the neighbours.
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + word.length) * 8) / 6));
  });
}

function wholeWords(names) {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return `(?<![\\p{L}\\p{N}_-])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_-])`;
}
