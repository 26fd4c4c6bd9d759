import { responsesOf } from '../../src/server/openapi/responses.js';
import { operations } from '../../src/server/app.js';

const declared = new Map(operations.map((row) => [row.path, new Set(Object.keys(responsesOf(row, true)))]));

/**
 * Every answer of every test is held against the OpenAPI document: a status that it does not name is an error that
 * callers do not expect.
 */
export function assertDeclared(target: string, status: number): void {
  const [path = ''] = target.split('?');
  const statuses = declared.get(path);
  if (statuses === undefined || statuses.has(String(status))) return;
  throw new Error(`The OpenAPI document names no answer ${status} of ${path}.`);
}
