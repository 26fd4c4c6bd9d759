// This file uses the syntax of ECMAScript 2015, so that an old Node.js can run it and print the message.
import { readFileSync } from 'fs';

/**
 * The message about a version of Node.js that is too old, with the remedy.
 * @param {string} running - such as `20.19.0`
 * @param {string} range - such as `>=20.19.0`; no other form is supported
 * @returns {string} empty if the version is new enough
 */
export function nodeVersionProblem(running, range) {
  const needed = range.replace('>=', '');
  if (compareVersions(running, needed) >= 0) return '';
  return (
    'This needs Node.js ' +
    needed +
    ' or newer and runs on ' +
    running +
    ': install a newer one from nodejs.org.'
  );
}

function compareVersions(left, right) {
  const others = right.split('.').map(Number);
  const differences = left.split('.').map((part, index) => parseInt(part, 10) - others[index]);
  return differences.find((difference) => difference !== 0) || 0;
}

/** Ends the process with a message if Node.js is too old. */
export function requireNodeVersion() {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const problem = nodeVersionProblem(process.versions.node, manifest.engines.node);
  if (problem === '') return;
  console.error(problem);
  process.exit(1);
}
