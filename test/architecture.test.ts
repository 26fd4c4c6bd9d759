import { describe, expect, test } from '@jest/globals';
import { type SourceFile, sourceFiles } from './support/source-files.js';

/** The folders of `src/` and which other ones each may import. `cli` and the files at the top wire and may import all. */
const wiring = ['', 'cli'];
const allowed: Readonly<Record<string, readonly string[]>> = {
  connid: [],
  connector: ['connid'],
  config: ['connid'],
  redis: ['connector'],
  zoom: ['connector', 'connid', 'config'],
  server: ['connector', 'connid'],
  'connid-server': ['connector', 'connid', 'server'],
  telemetry: ['connector'],
  simulator: [],
  reference: ['config', 'connid', 'connector', 'server', 'zoom'],
};

/**
 * The folders within some parts of `src` and which other ones of the same part each may import. The empty
 * name stands for the part's own files: those of `connector` are its face and its ports; those of `zoom` wire, and
 * have no row. A folder of `zoom` without a row is an object class that stands alone.
 */
const allowedWithin: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  connector: {
    '': ['object-class', 'operations', 'writes'],
    'object-class': [''],
    memory: [''],
    redis: ['', 'object-class', 'writes'],
    writes: ['', 'object-class'],
    search: ['', 'object-class'],
    operations: ['', 'object-class', 'search', 'writes'],
  },
  'connid-server': {
    codec: [],
    messages: ['codec'],
    mapping: ['codec'],
    operations: ['codec', 'messages', 'mapping'],
    hosts: ['codec', 'messages', 'mapping', 'operations', 'session'],
    session: ['codec', 'messages'],
  },
  zoom: {
    kit: [],
    'client/errors': ['kit'],
    'client/pacing': ['kit', 'client/errors'],
    client: ['kit', 'client/errors', 'client/pacing'],
    user: ['kit', 'user/policy', 'user/phone'],
    'user/policy': ['kit', 'user', 'user/phone'],
    'user/phone': ['kit', 'user'],
    'user/scim': ['kit', 'user', 'user/policy', 'user/phone'],
    group: ['kit', 'user'],
    'group/scim': ['kit', 'group', 'user', 'user/scim'],
  },
};

/** Folders that are pure: they know neither the network nor the file system. */
const pure = ['connid', 'connector', 'connid-server/codec'];
const isPure = (path: string): boolean => pure.some((folder) => path.startsWith(`src/${folder}/`));
const impure = /^(node:(fs|http|https|net|tls|child_process)(\/.*)?|axios.*|express|winston|@redis\/client)$/;

const files = sourceFiles('src');

/** The folder of `src/` a file stands in; the empty name for those at the top. */
function partOf(path: string): string {
  const [, part = '', ...rest] = path.split('/');
  return rest.length === 0 ? '' : part;
}

/** The folder within its part, such as `user/scim`. */
function folderOf(path: string): string {
  return path.split('/').slice(2, -1).join('/');
}

function unlisted(part: string, folder: string): readonly string[] {
  if (part !== 'zoom') return [];
  return folder === '' ? files.map(({ path }) => folderOf(path)) : ['kit'];
}

function offences(isOffence: (file: SourceFile, target: string, isOwn: boolean) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter(({ target, isOwn }) => isOffence(file, target, isOwn))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
}

describe('dependencies point one way', () => {
  test('every part has its place', () => {
    const parts = new Set(files.map(({ path }) => partOf(path)));
    const known = [...wiring, ...Object.keys(allowed)];
    expect([...parts].filter((part) => !known.includes(part))).toEqual([]);
  });

  test('parts import only what stands below them', () => {
    const isForbidden = (from: string, to: string): boolean =>
      !wiring.includes(from) && from !== to && allowed[from]?.includes(to) !== true;
    expect(offences(({ path }, target, isOwn) => isOwn && isForbidden(partOf(path), partOf(target)))).toEqual(
      [],
    );
  });

  test.each(Object.entries(allowedWithin))('so do the folders within %s', (part, arrows) => {
    const isForbidden = (from: string, to: string): boolean =>
      from !== to && !(arrows[from] ?? unlisted(part, from)).includes(to);
    const within = (path: string): boolean => partOf(path) === part;
    expect(
      offences(
        ({ path }, target) => within(path) && within(target) && isForbidden(folderOf(path), folderOf(target)),
      ),
    ).toEqual([]);
  });

  test('nothing in src reaches outside of it', () => {
    expect(offences((_file, target, isOwn) => isOwn && !target.startsWith('src/'))).toEqual([]);
  });

  test('only telemetry knows OpenTelemetry', () => {
    const isTelemetry = (path: string): boolean => partOf(path) === 'telemetry';
    expect(
      offences(({ path }, target) => !isTelemetry(path) && target.startsWith('@opentelemetry/')),
    ).toEqual([]);
    expect(files.filter(({ path }) => isTelemetry(path))).not.toHaveLength(0);
  });

  test('the core does no input or output', () => {
    expect(offences(({ path }, target) => isPure(path) && impure.test(target))).toEqual([]);
  });
});

test('no modules import each other in a circle, types included', () => {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ isOwn }) => isOwn).map(({ target }) => target),
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
