import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { isStale } from './stale.mjs';
import { StoppedError } from './stopped.mjs';

const sources = ['src', 'schemas', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Compiles the sources to `dist/` if they are newer than the last build. */
export async function buildIfNeeded(root) {
  const paths = sources.map((source) => join(root, source));
  if (isStale(buildStamp(root), paths)) await build(root);
}

/**
 * Compiles the sources to `dist/`.
 * @throws StoppedError if they do not compile
 */
export async function build(root) {
  console.error('Building ...');
  const started = new Date();
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const { code } = await runNode([tsc, '-p', 'tsconfig.build.json'], { cwd: root });
  if (code !== 0) throw new StoppedError('The sources do not compile: see the messages above.', code);
  writeFileSync(buildStamp(root), started.toISOString());
}

function buildStamp(root) {
  return join(root, 'dist', '.built');
}
