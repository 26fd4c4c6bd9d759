import { Buffer } from 'node:buffer';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Environment variable with the file to which every service, client and logger of the tests logs at debug level. */
export const suiteLogVariable = 'SUITE_LOG';

/**
 * A word that is part of every canary: of the secrets, names and addresses that tests plant. Whatever log line has it,
 * in any case, shows what must not be logged.
 */
export const canaryWord = 'canary';

const findingsShown = 10;

/** What must not be in a log, as sources of regular expressions without regard to case. */
const forbidden = {
  'a canary': [canaryWord, ...encodedForms(canaryWord)].join('|'),
  'an e-mail address': '[\\w.+-]+@[a-z0-9-]+\\.[a-z]',
  'an access token': '\\beyj[\\w-]{20,}\\.',
};

/**
 * Searches a log for what must not be in it.
 * @param {string} file
 * @param {readonly string[]} names - of persons, such as simulated users have
 * @returns {Promise<{ lines: number, findings: string[] }>} a finding tells what was found and the line
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
 * The verdict about the log of a run of tests, in words.
 * @param {{ lines: number, findings: readonly string[] }} found
 * @returns {string} empty when nothing is wrong
 */
export function logProblem({ lines, findings }) {
  if (lines === 0) return 'The log of the tests is empty, so it shows nothing about what reaches a log.';
  if (findings.length === 0) return '';
  const shown = findings.slice(0, findingsShown).map((finding) => `\n  ${finding}`);
  return `What must not be logged was found in the log of the tests ${findings.length} times:${shown.join('')}`;
}

/** How a word looks inside a base64 text, for each of the three places it can begin at. */
function encodedForms(word) {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + word).toString('base64url');
    // Characters that also hold bits of the neighbours are left out.
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + word.length) * 8) / 6));
  });
}

function wholeWords(names) {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return `(?<![\\p{L}\\p{N}_-])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_-])`;
}
