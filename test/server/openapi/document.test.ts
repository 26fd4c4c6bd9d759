import { describe, expect, it } from '@jest/globals';
import { operations } from '../../../src/server/app.js';
import { schemaNames } from '../../../src/server/validation/schemas.js';
import { apiDocument, componentsOf } from '../../support/documented-requests.js';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function* objectsIn(value: unknown): Generator<Json> {
  if (!isObject(value)) return;
  if (!Array.isArray(value)) yield value;
  for (const member of Object.values(value)) yield* objectsIn(member);
}

/** The keywords of a schema and of those in it; names of members and examples are none. */
function* keywordsIn(schema: Json): Generator<string> {
  for (const [keyword, value] of Object.entries(schema)) {
    yield keyword;
    if (keyword === 'examples' || !isObject(value)) continue;
    const parts = keyword === 'properties' || Array.isArray(value) ? Object.values(value) : [value];
    for (const part of parts) if (isObject(part)) yield* keywordsIn(part);
  }
}

function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), document);
}

interface OperationObject {
  readonly operationId: string;
  readonly responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  readonly security?: readonly Json[];
}

function operationsOf(document: Json): [string, OperationObject][] {
  const paths = document['paths'] as Record<string, Record<string, OperationObject>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, OperationObject] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

describe.each([true, false])('the OpenAPI document (authenticated: %s)', (authenticated) => {
  const document = apiDocument(authenticated);

  it('has every operation of the table, each with an id of its own', () => {
    const rows = operations.map(({ method, path }) => `${method} ${path}`);
    expect(
      operationsOf(document)
        .map(([key]) => key)
        .toSorted(),
    ).toEqual(rows.toSorted());
    const ids = operationsOf(document).map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no reference that leads nowhere', () => {
    const refs = [...objectsIn(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(refs.length).toBeGreaterThan(50);
    const lost = refs.filter((ref) => !ref.startsWith('#/') || resolve(document, ref) === undefined);
    expect(lost).toEqual([]);
  });

  it('keeps no identifier of a schema file', () => {
    const identified = [...objectsIn(document)].filter(({ $id, $schema }) => $id ?? $schema);
    expect(identified).toEqual([]);
  });

  it('uses every schema', () => {
    const used = JSON.stringify(document);
    const unused = Object.keys((document['components'] as { schemas: object }).schemas).filter(
      (name) => !used.includes(`#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
    const lines = 4;
    const filters = 13;
    const deltas = 2;
    expect(Object.keys(componentsOf(document))).toHaveLength(schemaNames.length + lines + filters + deltas);
  });

  it('names a component and its title alike, because generators take either', () => {
    const titles = Object.entries(componentsOf(document)).map(([name, { title }]) => [
      name,
      String(title).replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase()),
    ]);
    expect(titles.filter(([name, title]) => name !== title)).toEqual([]);
  });

  it('has no keyword that generators of clients pass over', () => {
    const skipped = [
      'if',
      'then',
      'else',
      'not',
      'dependentSchemas',
      'dependentRequired',
      'patternProperties',
    ];
    const names = new Set(Object.values(componentsOf(document)).flatMap((schema) => [...keywordsIn(schema)]));
    expect(skipped.filter((keyword) => names.has(keyword))).toEqual([]);
  });

  it('gives every answer a description, and a body its media type', () => {
    for (const [key, { responses }] of operationsOf(document)) {
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect([key, status, description]).toEqual([key, status, expect.stringMatching(/\w/)]);
        if (status !== '204')
          expect([key, status, Object.keys(content ?? {})]).not.toEqual([key, status, []]);
        if (Number(status) >= 400 && !key.endsWith('/readyz')) {
          expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
        }
      }
    }
  });

  it('asks for tokens where they are asked for, and says when none is needed', () => {
    const asked = Object.fromEntries(operationsOf(document).map(([key, { security }]) => [key, security]));
    const orNone = authenticated ? [] : [{}];
    expect(asked['post /v1/search']).toEqual([{ bearer: ['read'] }, ...orNone]);
    expect(asked['post /v1/create']).toEqual([{ bearer: ['write'] }, ...orNone]);
    expect(asked['get /openapi.json']).toEqual([{ bearer: [] }, ...orNone]);
    expect(asked['get /livez']).toEqual([]);
  });

  it('names the failures of an operation by status', () => {
    const responses = Object.fromEntries(operationsOf(document))['post /v1/delete']?.responses ?? {};
    expect(Object.keys(responses)).toEqual(
      [
        '200',
        '204',
        '400',
        authenticated ? '401' : '',
        '403',
        '404',
        '406',
        '412',
        '413',
        '415',
        '500',
        '501',
        '502',
        '503',
        '504',
      ].filter(Boolean),
    );
    expect(responses['404']?.description).toContain('UnknownUidException');
  });
});
