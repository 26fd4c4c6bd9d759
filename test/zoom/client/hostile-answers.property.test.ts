import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '../../../src/connector/object-class/call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { ZoomEndpoint } from '../../../src/zoom/kit/endpoint-table.js';
import { problemOf } from '../../../src/server/problem/problem.js';
import { groupEndpoints } from '../../../src/zoom/group/endpoints.js';
import { phoneEndpoints } from '../../../src/zoom/user/phone/endpoints.js';
import { roleEndpoints, userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { assertProperty } from '../../support/assert-property.js';
import { fastClock } from '../../support/fast-clock.js';
import { scriptedServer, type ScriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const id = 'KDcuGIm1QgePTO8WbOqwIQ';

const scimUser: ZoomEndpoint = { ...userEndpoints.getUser, id: 'getScimUser', api: 'scim' };

const calls: readonly Call[] = [
  { endpoint: userEndpoints.getUser, params: { userId: id } },
  { endpoint: userEndpoints.listUsers, query: { status: 'active' } },
  { endpoint: userEndpoints.createUser, body: { action: 'create' } },
  { endpoint: userEndpoints.updateUser, params: { userId: id }, body: { dept: 'x' } },
  { endpoint: userEndpoints.deleteUser, params: { userId: id } },
  { endpoint: groupEndpoints.updateGroup, params: { groupId: id }, body: { name: 'x' } },
  { endpoint: roleEndpoints.addRoleMembers, params: { roleId: '2' }, body: { members: [] } },
  { endpoint: phoneEndpoints.getPhoneUser, params: { userId: id } },
  { endpoint: phoneEndpoints.assignPhoneNumbers, params: { userId: id }, body: { phone_numbers: [] } },
  { endpoint: scimUser, params: { userId: id } },
  { endpoint: { ...scimUser, method: 'PUT' as const }, params: { userId: id }, body: {} },
].map((call) => ({ why: 'test', ...call }));

interface HostileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const long = fc
  .tuple(fc.constantFrom('x', 'ä', '😀', ' ', '"', '\\', '\u0000'), fc.integer({ min: 0, max: 9_000 }))
  .map(([character, times]) => character.repeat(times));

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  long,
  fc.constantFrom('already exists', 'daily', 'page token', 'not exist', 'valid JSON', 'concurrent requests'),
);

const code = fc.oneof(
  fc.constantFrom(0, 104, 124, 200, 300, 400, 404, 429, 1001, 1005, 1120, 2300, 4711, 98_765),
  fc.constantFrom('1001', '9'.repeat(400), -1, 1.5, 1e300, 2 ** 60, null, true, [], [1001], {}, { a: 1 }),
  fc.jsonValue(),
);

const entry = fc.oneof(fc.record({ field: text, message: text }), fc.jsonValue());

const errors = fc.oneof(
  fc.array(entry),
  fc.tuple(entry, fc.integer({ min: 90, max: 130 })).map(([one, times]) => Array<unknown>(times).fill(one)),
  fc.jsonValue(),
);

const envelope = fc.record(
  { code, errorCode: code, message: fc.oneof(text, fc.jsonValue()), detail: text, error: text, errors },
  { requiredKeys: [] },
);

const body = fc.oneof(
  { weight: 4, arbitrary: envelope.map((value) => JSON.stringify(value)) },
  fc.json(),
  fc.string(),
  fc.constantFrom('', '<html>', '{"code":', '[[[['),
);

const headers = fc.record(
  {
    'x-zm-trackingid': fc.integer({ min: 0, max: 9_000 }).map((times) => 't'.repeat(times)),
    'retry-after': fc.constantFrom('0', '1', '1000000000000', '2999-01-01T00:00:00Z', 'soon', '-1'),
    'x-ratelimit-type': fc.constantFrom('QPS', 'Daily-limit', 'x'),
    location: fc.constant('https://example.com/'),
  },
  { requiredKeys: [] },
);

/** Every status that is no success of Zoom's API. */
const status = fc.oneof(
  fc.constantFrom(206, 304, 400, 401, 403, 404, 405, 408, 409, 410, 412, 414, 422, 429, 431, 500, 503),
  fc.integer({ min: 203, max: 999 }).filter((number) => number !== 204),
);

let answer: HostileAnswer = { status: 400, headers: {}, body: '' };
let server: ScriptedServer;

function respond(_: IncomingMessage | object, response: ServerResponse): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

beforeAll(async () => {
  server = await scriptedServer([respond]);
});
afterAll(() => server.close());

/** The failure of a call, by a client of its own: one that Zoom has paused would make no call. */
async function failureOf(call: Call): Promise<ConnectorError> {
  const changes = { ioErrorRetries: 1, maxWaitMs: 20_000 };
  const client = testClient(server.url, changes, { clock: fastClock(1e9) });
  try {
    await client.send(call, testContext());
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return thrown;
    throw thrown;
  } finally {
    await client.close();
  }
  throw new Error('a success');
}

const bytes = (value = ''): number => Buffer.byteLength(value);

describe('an answer that is no success', () => {
  it('is a foreseen failure of bounded size after few calls, whatever it contains', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.constantFrom(...calls),
        fc.record({ status, headers, body }),
        async (call, sent) => {
          answer = sent;
          const before = server.seen.length;
          const error = await failureOf(call);
          expect(server.seen.length - before).toBeLessThanOrEqual(30);
          expect(error.kind).not.toBe('unexpected');
          const problem = problemOf(error, 'request-1');
          expect(bytes(problem.detail)).toBeLessThanOrEqual(2_500);
          expect(bytes(problem.upstream?.message)).toBeLessThanOrEqual(2_048);
          expect(bytes(problem.upstream?.trackingId)).toBeLessThanOrEqual(128);
          expect(problem.errors?.length ?? 0).toBeLessThanOrEqual(100);
          for (const { message, path } of problem.errors ?? []) {
            expect(bytes(message)).toBeLessThanOrEqual(2_048);
            expect(bytes(path)).toBeLessThanOrEqual(128);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([405, 410, 414, 431, 418, 600, 999])(
    'of the status %d without a meaning is ConnectorIOException',
    async (number) => {
      for (const call of calls) {
        answer = { status: number, headers: {}, body: '{"code":{"a":1}}' };
        expect((await failureOf(call)).exception).toBe('ConnectorIOException');
      }
    },
  );
});

describe('a success', () => {
  it.each([
    '{"code":{"a":1}}',
    '{"code":null,"message":"x"}',
    '{"errorCode":1001}',
    '[]',
    '42',
    'null',
    '"ok"',
  ])('with the body %s is none', async (sent) => {
    for (const call of calls) {
      answer = { status: 200, headers: {}, body: sent };
      expect((await failureOf(call)).kind).not.toBe('unexpected');
    }
  });
});
