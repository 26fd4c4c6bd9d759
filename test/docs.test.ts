import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { validateConfig } from '../src/config/validate-config.js';

const repository = join(import.meta.dirname, '..');

interface Page {
  readonly path: string;
  readonly text: string;
}

function filesBelow(folder: string, extension: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)));
}

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

const topPages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

const pages: readonly Page[] = [...topPages, ...filesBelow('docs', '.md')].map((path) => ({
  path,
  text: read(path),
}));

const records = pages.filter(({ path }) => /^docs[/\\]decisions[/\\]\d/.test(path));

/** The name GitHub gives a heading: lower case, without punctuation, blanks as hyphens. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchors(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading)));
}

/** Why a link leads nowhere; `undefined` for one that does, and for those that leave the repository. */
function brokenLink({ path, text }: Page, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [file = '', fragment] = target.split('#');
  const linked = file === '' ? path : join(dirname(path), decodeURI(file));
  if (!existsSync(join(repository, linked))) return `${path}: ${target}`;
  if (fragment === undefined || !linked.endsWith('.md')) return undefined;
  return anchors(file === '' ? text : read(linked)).has(fragment) ? undefined : `${path}: ${target}`;
}

test('every relative link leads somewhere', () => {
  const broken = pages.flatMap((page) => {
    const prose = page.text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => brokenLink(page, target));
  });
  expect(broken.filter((link) => link !== undefined)).toEqual([]);
});

/** Files of the repository with slashes between the parts of their paths. */
const repositoryFiles = ['.', ...topFolders()].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: folder !== '.', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
);

function topFolders(): readonly string[] {
  return readdirSync(repository, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.git|node_modules|dist|coverage)$/.test(entry.name))
    .map(({ name }) => name);
}

/** A text in code that looks like a path of ours; `<` stands for a name that the reader chooses. */
function isPath(token: string): boolean {
  if (/[<:]|^\/|^(?:node_modules|dist)\//.test(token)) return false;
  return /^(?:src|test|docs|scripts|schemas|bench)\/|^[\w.*/-]+\.(?:ts|mjs|mts|json|md)$/.test(token);
}

/** Whether a file or folder has this path, or one that ends so; `*` stands for a part of a name. */
function isThere(path: string): boolean {
  const parts = path.replace(/\/$/, '').replaceAll('.', '\\.').split('*');
  const pattern = new RegExp(`(?:^|/)${parts.join('[^/]*')}(?:/|$)`);
  return repositoryFiles.some((file) => pattern.test(file));
}

test('every path of the repository that a page mentions is there', () => {
  const missing = pages.flatMap(({ path, text }) => {
    const prose = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
    const mentioned = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, token = '']) => token);
    return mentioned.filter((token) => isPath(token) && !isThere(token)).map((token) => `${path}: ${token}`);
  });
  expect(missing).toEqual([]);
});

/** Title, date and status, then the three sections, which are never empty. */
const recordForm =
  /^# (\d{4}) - \S.*\n\n\* Date: \d{4}-\d\d-\d\d\n\* Status: (?:accepted|withdrawn|replaced by \d{4})\n\n## Background\n\n[^#][^]*\n\n## Decision\n\n[^#][^]*\n\n## Consequences\n\n[^#][^]*$/;

test.each(records)('$path has the form of a decision record', ({ path, text }) => {
  expect(recordForm.exec(text)?.[1]).toBe(basename(path).slice(0, 4));
  expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toHaveLength(3);
  expect(text.split('\n').filter((line) => line.length > 120 && !line.startsWith('|'))).toEqual([]);
});

test('the index of the decision records has each of them once, under its title', () => {
  const index = read('docs/decisions/README.md');
  const rows = [...index.matchAll(/^\| \[\d{4}\]\(.*$/gm)].map(([row]) => row);
  const expected = records.map(({ path, text }) => {
    const [, number = '', title = ''] = /^# (\d{4}) - (.*)$/m.exec(text) ?? [];
    return `| [${number}](${basename(path)}) | ${title} |`;
  });
  expect([...rows].sort()).toEqual([...expected].sort());
});

test('every page of ours that sources, scripts and tests refer to is there', () => {
  const files = ['src', 'scripts', 'test', 'bench'].flatMap((folder) => [
    ...filesBelow(folder, '.ts'),
    ...filesBelow(folder, '.mjs'),
  ]);
  const mentioned = files.flatMap((path) =>
    [...read(path).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => ({ path, page })),
  );
  expect(mentioned.length).toBeGreaterThan(0);
  expect(mentioned.filter(({ page }) => !existsSync(join(repository, page)))).toEqual([]);
});

/** The JSON blocks of all pages, as they are parsed. */
const blocks = pages.flatMap(({ path, text }) =>
  [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, json = ''], index) => ({
    where: `${path}, block ${index + 1}`,
    json: JSON.parse(json) as unknown,
  })),
);

const configurations = blocks.filter(
  ({ json }) => typeof json === 'object' && json !== null && 'service' in json,
);

test.each(configurations)('the configuration in $where is valid', ({ json }) => {
  expect(validateConfig(json)).toEqual({ valid: true, errors: [] });
});

test('every warning is explained', () => {
  const sources = filesBelow('src', '.ts').filter((path) => !/^src[/\\]simulator/.test(path));
  const codes = sources.flatMap((path) =>
    [...read(path).matchAll(/\bcode: '([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code = '']) => code),
  );
  expect(codes).toContain('NOT_APPLIED_PENDING');
  const explained = read('docs/guides/operations.md');
  expect(codes.filter((code) => !explained.includes(`| \`${code}\` |`))).toEqual([]);
});
