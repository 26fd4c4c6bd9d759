import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
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

const pages: readonly Page[] = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')].map(
  (path) => ({ path, text: read(path) }),
);

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
