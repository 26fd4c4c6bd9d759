import supertest from 'supertest';

import { operations } from '../../src/server/app.js';
import { loadSchemas } from '../../src/server/validation/schemas.js';
import { createValidators } from '../../src/server/validation/validators.js';
import type { Fixture } from './fixture.js';

/** An answer with everything in it typed. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** The parsed body; empty when it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type Headers = Readonly<Record<string, string>>;

const validators = createValidators(loadSchemas());

/** Sends a GET and holds the answer against the schemas. */
export function get(fixture: Pick<Fixture, 'handler'>, path: string, headers: Headers = {}): Promise<Answer> {
  return checked(path, supertest(fixture.handler).get(path).set(headers));
}

/** Sends a POST with a JSON body (an object) or a raw one (text) and holds the answer against the schemas. */
export function post(
  fixture: Pick<Fixture, 'handler'>,
  path: string,
  body?: object | string,
  headers: Headers = {},
): Promise<Answer> {
  const test = supertest(fixture.handler).post(path);
  if (body !== undefined) test.type('application/json');
  return checked(path, test.set(headers).send(body));
}

/** Sends any method. */
export function send(fixture: Pick<Fixture, 'handler'>, method: string, path: string): Promise<Answer> {
  const agent = supertest(fixture.handler) as unknown as Record<string, (path: string) => supertest.Test>;
  const test = agent[method.toLowerCase()];
  if (test === undefined) throw new Error(`supertest cannot send ${method}.`);
  // The answer to HEAD is that to GET without its body, so there is nothing to hold against a schema.
  return method === 'HEAD' ? received(test(path)) : checked(path, test(path));
}

async function received(test: supertest.Test): Promise<Answer> {
  const response = await test;
  const body = response.body as Record<string, unknown>;
  return { status: response.status, headers: headersOf(response), text: response.text, body };
}

async function checked(path: string, test: supertest.Test): Promise<Answer> {
  const answer = await received(test);
  const faults = faultsOf(path, answer);
  if (faults.length > 0) throw new Error(`${path} broke its contract: ${JSON.stringify(faults)}`);
  return answer;
}

function headersOf(response: supertest.Response): Answer['headers'] {
  return response.headers;
}

/** What is wrong with an answer according to the operation table. */
function faultsOf(path: string, { status, headers, text, body }: Answer): readonly unknown[] {
  const type = headers['content-type']?.split(';')[0] ?? '';
  if (type === 'application/problem+json') return text === '' ? [] : validators.check('problem', body);
  const row = operations.find((candidate) => candidate.path === path.split('?')[0]);
  const declared = row?.answers.filter((answer) => answer.status === status) ?? [];
  if (row === undefined) return [];
  if (declared.length === 0) return [`status ${status} is not declared`];
  const schemas = declared.flatMap(({ content }) => content[type] ?? []);
  if (type !== 'application/json' || schemas.length === 0) return [];
  const verdicts = schemas.map((name) => (name === 'text' ? [] : validators.check(name, body)));
  return verdicts.some((findings) => findings.length === 0) ? [] : verdicts.flat();
}
