import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';

interface Entry {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** npm leaves out optional packages that its registry lacks at the moment; `npm ci` then refuses every fresh clone. */
test('the lock file names every dependency, also those for other platforms', async () => {
  const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Entry>> };
  const needed = Object.values(packages).flatMap(({ dependencies = {}, optionalDependencies = {} }) => [
    ...Object.keys(dependencies),
    ...Object.keys(optionalDependencies),
  ]);
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  expect(needed.filter((name) => !locked.has(name))).toEqual([]);
});
