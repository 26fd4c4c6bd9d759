import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';

const many = (count: number, member: unknown = {}): unknown[] => new Array<unknown>(count).fill(member);
const named = (count: number, prefix: string): object =>
  Object.fromEntries(many(count).map((_, index) => [`${prefix}${index}`, `B${index}`]));
const search = (members: object) => ({ objectClass: 'ZoomUser', ...members });
const update = (deltas: unknown) => ({ objectClass: 'ZoomUser', uid: 'KDcuGIm1QgePTO8WbOqwIQ', deltas });
const simulated = { service: { target: 'simulator' } };

describe('a hostile body', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it.each<[string, string, object, string]>([
    [
      'empty filters',
      'search',
      search({ filter: { and: many(64_000) } }),
      '`and` must have at most 1000 items.',
    ],
    ['empty deltas', 'update-delta', update(many(64_000)), '`deltas` must have at most 1000 items.'],
    [
      'one sort key',
      'search',
      search({ options: { sortKeys: many(16_000, { field: 'DEPT' }) } }),
      '`sortKeys` must have at most 100 items.',
    ],
    [
      'one sort key twice',
      'search',
      search({ options: { sortKeys: many(2, { field: 'DEPT' }) } }),
      'The option sortKeys names DEPT twice.',
    ],
    [
      'unknown attributes',
      'create',
      { objectClass: 'ZoomUser', attributes: named(16_000, 'A') },
      '`attributes` must have at most 1000 members.',
    ],
  ])('of %s is refused with the limit', async (_case, operation, body, detail) => {
    const answer = await service.post(operation, body);
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { exception: 'IllegalArgumentException', detail },
    ]);
    expect(answer.text.length).toBeLessThan(1_000);
    expect(service.calls()).toEqual([]);
  });

  it.each<[string, object, number]>([
    ['unknown properties', { ...simulated, ...named(8_000, 'a') }, 101],
    ['tokens without members', { server: { authentication: { bearerTokens: many(300_000) } } }, 1],
    ['renamed attributes', { ...simulated, custom: { attributeNames: named(16_000, 'A') } }, 1],
    [
      'renamed attributes within the limit',
      { ...simulated, custom: { attributeNames: named(1_000, 'A') } },
      101,
    ],
  ])('of a configuration with %s has few findings', async (_case, body, findings) => {
    const { status, text } = await service.post('validate', body);
    const answer = JSON.parse(text) as { readonly valid: boolean; readonly errors: readonly unknown[] };
    expect([status, answer.valid, answer.errors.length]).toEqual([200, false, findings]);
    expect(text.length).toBeLessThan(20_000);
  });
});
