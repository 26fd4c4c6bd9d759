import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../src/server/app.js';
import { schemaRef } from '../../src/server/openapi/components.js';
import { buildOpenApi } from '../../src/server/openapi/document.js';
import { type JsonSchema, loadSchemas } from '../../src/server/validation/schemas.js';

/** A request that a reader of the document, the README or a guide may send. */
export interface DocumentedRequest {
  readonly path: string;
  readonly body: unknown;
}

/** The OpenAPI document as the service answers it. */
export function apiDocument(authenticated: boolean, isNamed = false): Readonly<Record<string, unknown>> {
  const options = { version: '1.2.3', authenticated, isNamed, operations, schemas: loadSchemas() };
  return buildOpenApi(options);
}

/** The components of the document. */
export function componentsOf(
  document: Readonly<Record<string, unknown>>,
): Readonly<Record<string, JsonSchema>> {
  return (document['components'] as { readonly schemas: Readonly<Record<string, JsonSchema>> }).schemas;
}

/**
 * A request for every example of the document. The example of a part stands in the first example of the whole, such as
 * a delta in the first request for an update.
 */
export function exampleRequests(): readonly DocumentedRequest[] {
  const components = componentsOf(apiDocument(true));
  return operations.flatMap(({ path, request }) => {
    if (request === undefined) return [];
    const bodies = [...examplesOf(components, schemaRef(request))].map((body) => JSON.stringify(body));
    return [...new Set(bodies)].map((body) => ({ path, body: JSON.parse(body) as unknown }));
  });
}

/** The requests that the README and the guide to the operations show. */
export function requestsOfPages(): readonly DocumentedRequest[] {
  const tour = commandsOf(pageText('README.md')).filter(({ body }) => body !== undefined);
  const blocks = [...pageText('docs/guides/operations.md').matchAll(/^```json\n([\s\S]*?)^```/gm)];
  const searches = blocks.map(([, text = '']) => {
    const json = JSON.parse(text) as string | object;
    const isRequest = typeof json === 'object' && 'objectClass' in json;
    return { path: '/v1/search', body: isRequest ? json : { objectClass: 'ZoomUser', filter: json } };
  });
  return [...tour.map(({ path, body }) => ({ path: path.split('?')[0] ?? '', body })), ...searches];
}

interface Command {
  readonly path: string;
  readonly body: object | undefined;
  readonly posts: boolean;
}

/** The curl commands of a text, in order. */
export function commandsOf(text: string): readonly Command[] {
  const found = [...text.matchAll(/^curl -s ([\s\S]*?)(?=^curl|^```|$(?![^]))/gm)];
  return found.map(([command]) => {
    const body = /-d '([\s\S]*)'/.exec(command)?.[1];
    return {
      path: /127\.0\.0\.1:8080([^\s"]*)/.exec(command)?.[1] ?? '',
      body: body === undefined ? undefined : (JSON.parse(body) as object),
      posts: body !== undefined || command.includes('-X POST'),
    };
  });
}

/** The first block of code in this language on a page. */
export function codeBlock(page: string, language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(pageText(page))?.[1] ?? '';
}

/** The text of a page of the repository. */
export function pageText(path: string): string {
  return readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
}

const refPrefix = '#/components/schemas/';

/** The examples of a schema, and those of its parts, each completed to a value of the schema. */
function* examplesOf(
  components: Readonly<Record<string, JsonSchema>>,
  schema: JsonSchema,
  within: readonly string[] = [],
): Generator {
  const { $ref, anyOf, items, oneOf, properties } = schema;
  if (typeof $ref === 'string') {
    const target = components[$ref.slice(refPrefix.length)];
    if (target !== undefined && !within.includes($ref))
      yield* examplesOf(components, target, [...within, $ref]);
    return;
  }
  yield* ownExamples(schema);
  for (const part of [...listOf(anyOf), ...listOf(oneOf)]) yield* examplesOf(components, part, within);
  if (isSchema(items)) for (const item of examplesOf(components, items, within)) yield [item];
  const [whole] = ownExamples(schema);
  for (const [name, member] of Object.entries(isSchema(properties) ? properties : {})) {
    for (const value of examplesOf(components, member as JsonSchema, within)) {
      yield { ...(isSchema(whole) ? whole : {}), [name]: value };
    }
  }
}

function ownExamples({ examples }: JsonSchema): readonly unknown[] {
  return Array.isArray(examples) ? (examples as unknown[]) : [];
}

function listOf(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
