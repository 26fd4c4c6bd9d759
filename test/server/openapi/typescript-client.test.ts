import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  apiDocument,
  codeBlock,
  type DocumentedRequest,
  exampleRequests,
  requestsOfPages,
} from '../../support/documented-requests.js';
import { runPackage, temporaryFolder } from '../../support/run-tool.js';
import { removeFolder } from '../../support/temporary-folder.js';

/** What a careful author of a client sets. */
const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: 'ES2023',
  lib: ['ES2023', 'DOM'],
  module: 'NodeNext',
  types: [],
  skipLibCheck: true,
};

const head = `import createClient from 'openapi-fetch';
import type { components, paths } from './types.js';
const client = createClient<paths>({ baseUrl: 'http://127.0.0.1:8080' });
type Schemas = components['schemas'];
`;

/** Reads what every operation answers. A member that the types do not know does not compile. */
const answers = `
type Scalar = string | number | boolean;
export async function readAnswers(stream: string): Promise<(Scalar | null)[]> {
  const read: (Scalar | null)[] = [];
  const body = { objectClass: 'ZoomUser', uid: 'u' };

  const { data: ready, error: stopping } = await client.GET('/readyz');
  const reachable: boolean | 'unknown' | undefined = ready?.target?.reachable;
  if (reachable === 'unknown') read.push(ready?.target?.lastAnswerAt ?? null);
  if (stopping !== undefined && 'target' in stopping) read.push(stopping.target?.lastError ?? null);

  const { data: found, error } = await client.POST('/v1/search', { body });
  for (const { attributes, uid } of found !== undefined && 'results' in found ? found.results : []) {
    const value: Scalar | Scalar[] | null | undefined = attributes['DEPT'];
    read.push(uid, ...(Array.isArray(value) ? value : [value ?? null]));
  }
  if (error?.exception === 'RetryableException') read.push(error.retryAfter ?? 0, error.upstream?.status ?? 0);
  for (const { path, message } of error?.errors ?? []) read.push(path, message);

  for (const text of stream.split('\\n')) {
    const line = JSON.parse(text) as Schemas['SearchLine'];
    if ('object' in line) read.push(line.object.name);
    else if ('heartbeat' in line) read.push(line.heartbeat.scanned);
    else if ('searchResult' in line) read.push(line.searchResult.pagedResultsCookie);
    else read.push(line.error.detail);
  }

  const create = { objectClass: 'ZoomUser', attributes: { __NAME__: 'a@example.com' } };
  const { data: created } = await client.POST('/v1/create', { body: create, params: { query: { dryRun: true } } });
  if (created === undefined) return read;
  if ('plan' in created) read.push(...created.plan.map(({ method, path, query }) => method + path + (query?.['a'] ?? '')));
  else read.push(created.uid, ...created.warnings.map(({ code }) => code));

  const { data: updated } = await client.POST('/v1/update-delta', { body: { ...body, deltas: [] } });
  if (updated !== undefined && 'sideEffects' in updated) {
    read.push(...updated.sideEffects.flatMap(({ valuesToReplace }) => valuesToReplace));
  }
  const { data: removed } = await client.POST('/v1/delete', { body, params: { header: { 'X-Request-Id': 'r' } } });
  read.push(removed?.plan.length ?? 0);

  const { data: schema } = await client.GET('/v1/schema', { params: { query: { objectClass: 'ZoomUser' } } });
  const types = schema?.objectClasses.flatMap(({ attributes }) => attributes).map(({ type }) => type);
  read.push(types?.includes('GuardedString') ?? null, schema?.operationOptions['search']?.[0]?.name ?? null);

  const { data: tested, error: failed } = await client.POST('/v1/test');
  for (const { hint, name, ok } of [...(tested?.checks ?? []), ...(failed?.checks ?? [])]) read.push(name, ok, hint ?? null);

  const { data: about } = await client.GET('/v1/connector');
  if (about?.api === 'scim' && about.target === 'zoom') read.push(...(about.operations['ZoomUser'] ?? []));

  const { data: metrics } = await client.GET('/metrics', { parseAs: 'text' });
  const { data: document } = await client.GET('/openapi.json');
  read.push(metrics ?? null, document?.info.version ?? null);
  return read;
}
`;

/** Requests that the service refuses. Each must not compile. */
const mistakes: Readonly<Record<string, string>> = {
  'a filter without a member': `client.POST('/v1/search', { body: { objectClass: 'A', filter: {} } })`,
  'a mistyped filter': `client.POST('/v1/search', { body: { objectClass: 'A', filter: { equal: { B: 'c' } } } })`,
  'a mistyped member': `({ objectClass: 'A', filtr: 'B pr' }) satisfies Schemas['SearchRequest']`,
  'an object as a value': `client.POST('/v1/create', { body: { objectClass: 'A', attributes: { B: { c: 1 } } } })`,
  'a delta without a name': `client.POST('/v1/update-delta', { body: { objectClass: 'A', uid: 'u', deltas: [{ valuesToAdd: 'b' }] } })`,
  'a delta that replaces and adds': `({ name: 'B', valuesToReplace: 'c', valuesToAdd: 'd' }) satisfies Schemas['AttributeDelta']`,
  'a dry run that is neither true nor false': `client.POST('/v1/delete', { body: { objectClass: 'A', uid: 'u' }, params: { query: { dryRun: 'yes' } } })`,
  'a path that does not exist': `client.POST('/v1/serch', { body: { objectClass: 'A' } })`,
};

function call({ body, path }: DocumentedRequest): string {
  return `client.POST('${path}', { body: ${JSON.stringify(body)} })`;
}

function program(calls: readonly string[]): string {
  return `${head}export const calls = [\n${calls.map((text) => `() => ${text},\n`).join('')}];\n`;
}

/** The file of a mistake. */
function fileOf(mistake: string): string {
  return `${mistake.replaceAll(' ', '-')}.ts`;
}

describe('a client that openapi-typescript makes from the document', () => {
  let folder: string;
  let messages: readonly string[];

  beforeAll(async () => {
    const requests = [...exampleRequests(), ...requestsOfPages()];
    const refused = Object.entries(mistakes).map(([name, text]) => [fileOf(name), program([text])] as const);
    folder = await temporaryFolder({
      'package.json': '{ "type": "module" }',
      'openapi.json': JSON.stringify(apiDocument(false)),
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
      'requests.ts': program(requests.map(call)),
      'answers.ts': head + answers,
      'guide.ts': codeBlock('docs/guides/clients.md', 'ts'),
      ...Object.fromEntries(refused),
    });
    await runPackage('openapi-typescript/bin/cli.js', ['openapi.json', '-o', 'types.ts'], { cwd: folder });
    const { stdout } = await runPackage('typescript/bin/tsc', ['--pretty', 'false'], { cwd: folder });
    messages = stdout.split('\n').filter((line) => /^\S/.test(line));
  });

  afterAll(() => removeFolder(folder));

  it('can send every documented request, read every answer, and do what the guide shows', () => {
    const expected = Object.keys(mistakes).map(fileOf);
    expect(messages.filter((line) => !expected.some((file) => line.startsWith(file)))).toEqual([]);
  });

  it.each(Object.keys(mistakes))('cannot send %s', (mistake) => {
    const errors = messages.filter((line) => line.startsWith(fileOf(mistake)));
    expect(errors).toEqual([expect.stringContaining('error TS2')]);
  });

  it('leaves open only what the contract leaves open', async () => {
    const types = await readFile(join(folder, 'types.ts'), 'utf8');
    const schemas = /^ {4}schemas: \{\n([\s\S]*?)^ {4}\};/m.exec(types)?.[1] ?? '';
    const open = schemas
      .replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
      .split(/^ {8}(?=\w+: )/m)
      .filter((text) => /\b(unknown|any|never)\b/.test(text.replaceAll(/"[^"]*"|\bunknown\?:/g, '')))
      .map((text) => text.split(':')[0]);
    expect(open).toEqual([
      'OpenApiAnswer',
      'OperationOptions',
      'PlanStep',
      'SearchOptions',
      'ValidateRequest',
    ]);
  });
});
