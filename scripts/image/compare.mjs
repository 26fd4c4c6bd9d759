import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../setup/run.mjs';
import { describeTree, sha256 } from './tree.mjs';

/**
 * Compares everything that two builds contain.
 * @param {string} first - root folder
 * @param {string} second - root folder
 * @returns {Generator<{ name: string, ok: boolean, detail: string }>}
 */
export function* compareBuilds(first, second) {
  const [left, right] = [describeTree(first), describeTree(second)];
  const different = differences(left, right);
  yield {
    name: 'two builds have the same contents',
    ok: different.length === 0,
    detail: different[0] ?? `${left.length} files and folders, sha256 ${sha256(left.join('\n'))}`,
  };
}

/**
 * Compares the packages of an image with those that the bill of materials lists.
 * @param {string} repository - where the bill is made
 * @param {import('./stages.mjs').Image} image
 * @returns {AsyncGenerator<{ name: string, ok: boolean, detail: string }>}
 */
export async function* comparePackages(repository, image) {
  const { output } = await runNpm(['run', '--silent', 'sbom'], { cwd: repository, quiet: true });
  const listed = JSON.parse(output).components.map(({ name, group, version }) =>
    group === undefined ? `${name}@${version}` : `${group}/${name}@${version}`,
  );
  const lock = JSON.parse(
    readFileSync(join(image.root, image.workdir, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const installed = Object.entries(lock.packages).map(
    ([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`,
  );
  const different = differences([...new Set(installed)], [...new Set(listed)]);
  yield {
    name: 'the bill of materials lists the packages of the image',
    ok: different.length === 0,
    detail: different[0] ?? `${listed.length} packages`,
  };
}

function differences(left, right) {
  const only = (these, those) => these.filter((line) => !those.has(line));
  return [...only(left, new Set(right)), ...only(right, new Set(left))];
}
