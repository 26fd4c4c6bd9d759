import { describe, expect, test } from '@jest/globals';
import { type SourceFile, sourceFiles } from './support/source-files.js';

/** Which folders of `src/` each folder may import. Those that wire, `cli` and the files at the top, may import all. */
const wiring = ['', 'cli'];
const allowed: Readonly<Record<string, readonly string[]>> = {
  connid: [],
  connector: ['connid'],
  config: ['connid'],
  zoom: ['connector', 'connid', 'config'],
  server: ['connector', 'connid'],
  simulator: [],
  reference: ['config', 'connid', 'connector', 'server', 'zoom'],
};

/** Folders that are pure: they know neither the network nor the file system. */
const pure = ['connid', 'connector'];
const impure = /^(node:(fs|http|https|net|tls|child_process)(\/.*)?|axios.*|express|winston|ioredis|redis)$/;

const files = sourceFiles('src');

function folderOf(path: string): string {
  const [, folder = '', ...rest] = path.split('/');
  return rest.length === 0 ? '' : folder;
}

function offences(isOffence: (file: SourceFile, target: string, isOwn: boolean) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter(({ target, isOwn }) => isOffence(file, target, isOwn))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
}

describe('dependencies point one way', () => {
  test('every folder has its place', () => {
    const folders = new Set(files.map(({ path }) => folderOf(path)));
    const known = [...wiring, ...Object.keys(allowed)];
    expect([...folders].filter((folder) => !known.includes(folder))).toEqual([]);
  });

  test('folders import only what stands below them', () => {
    const isForbidden = (from: string, to: string): boolean =>
      !wiring.includes(from) && from !== to && allowed[from]?.includes(to) !== true;
    expect(
      offences(({ path }, target, isOwn) => isOwn && isForbidden(folderOf(path), folderOf(target))),
    ).toEqual([]);
  });

  test('nothing in src reaches outside of it', () => {
    expect(offences((_file, target, isOwn) => isOwn && !target.startsWith('src/'))).toEqual([]);
  });

  test('the core does no input or output', () => {
    expect(offences(({ path }, target) => pure.includes(folderOf(path)) && impure.test(target))).toEqual([]);
  });
});

test('no modules import each other in a circle', () => {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ isOwn, isTypeOnly }) => isOwn && !isTypeOnly).map(({ target }) => target),
    ]),
  );
  const finished = new Set<string>();
  const circleFrom = (path: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(' -> ');
    if (finished.has(path)) return undefined;
    const found = (targets.get(path) ?? []).map((target) => circleFrom(target, [...trail, path]));
    finished.add(path);
    return found.find((circle) => circle !== undefined);
  };
  expect(files.map(({ path }) => circleFrom(path, [])).filter((circle) => circle !== undefined)).toEqual([]);
});
