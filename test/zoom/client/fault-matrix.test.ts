import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../src/connector/object-class/call.js';
import type { OperationContext } from '../../../src/connector/context.js';
import type { Endpoint } from '../../../src/connector/object-class/endpoint.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { groupEndpoints } from '../../../src/zoom/group/endpoints.js';
import { membershipEndpoints, userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fastClock } from '../../support/fast-clock.js';
import { until } from '../../support/raw-client.js';
import { flowUntil, pass, useVirtualTime } from '../../support/virtual-time.js';
import { testClient, testContext } from '../../support/zoom-client.js';

type Action = Parameters<Simulator['faults']['add']>[0]['action'];
/** What a fault leaves open: nothing was done, perhaps something was done, or nothing will be done today. */
type Leaves = 'undone' | 'open' | 'usedUp';

const requestTimeoutMs = 20_000;
const faults: Readonly<Record<string, readonly [action: Action, leaves: Leaves]>> = {
  '500': [{ kind: 'status', status: 500 }, 'open'],
  '503 with advice': [{ kind: 'status', status: 503, headers: { 'Retry-After': '1' } }, 'open'],
  '408': [{ kind: 'status', status: 408 }, 'open'],
  'HTML of the edge': [{ kind: 'html', status: 502 }, 'open'],
  'HTML under 403': [{ kind: 'html', status: 403 }, 'open'],
  'HTML under 404': [{ kind: 'html', status: 404 }, 'open'],
  'a connection dropped before the work': [{ kind: 'drop', when: 'before' }, 'open'],
  'a connection dropped after the work': [{ kind: 'drop', when: 'after' }, 'open'],
  'an answer cut off': [{ kind: 'truncate' }, 'open'],
  'an expired token': [{ kind: 'token', state: 'expired' }, 'undone'],
  'a revoked token': [{ kind: 'token', state: 'revoked' }, 'undone'],
  '429 of the second': [{ kind: 'rateLimit', limit: 'second', retryAfter: 'none' }, 'undone'],
  '429 without headers': [
    { kind: 'rateLimit', limit: 'second', retryAfter: 'none', headers: false },
    'undone',
  ],
  '429 with seconds': [{ kind: 'rateLimit', limit: 'second', retryAfter: 'seconds' }, 'undone'],
  '429 with an HTTP date': [{ kind: 'rateLimit', limit: 'second', retryAfter: 'http' }, 'undone'],
  '429 for one user': [{ kind: 'rateLimit', limit: 'concurrent' }, 'undone'],
  '429 of the day': [{ kind: 'rateLimit', limit: 'daily', retryAfter: 'iso' }, 'usedUp'],
};

let simulator: Simulator;
let client: ZoomClient;
let userId: string;
let groupId: string;
let round = 0;

/** A call, and how to see that it took effect, once. */
interface Scenario {
  readonly call: () => Call;
  readonly done: () => boolean;
}

const user = () => simulator.state.users.byId(userId);
const newAddress = (): string => `matrix-${round}@example.com`;
const answered = (method: string, status: number): number =>
  simulator.requests.filter((request) => request.method === method && request.status === status).length;

const scenarios: Readonly<Record<string, Scenario>> = {
  getUser: {
    call: () => ({ endpoint: userEndpoints.getUser, params: { userId }, why: 'test' }),
    done: () => true,
  },
  listUsers: {
    call: () => ({ endpoint: userEndpoints.listUsers, query: { page_size: 300 }, why: 'test' }),
    done: () => true,
  },
  createUser: {
    call: () => createCall(newAddress()),
    done: () => simulator.state.users.byEmail(newAddress()) !== undefined && answered('POST', 409) === 0,
  },
  updateUser: {
    call: () => ({
      endpoint: userEndpoints.updateUser,
      params: { userId },
      body: { dept: `D${round}` },
      why: 'test',
    }),
    done: () => user()?.dept === `D${round}`,
  },
  updateUserEmail: {
    call: () => ({
      endpoint: userEndpoints.updateUserEmail,
      params: { userId },
      body: { email: newAddress() },
      why: 'test',
      lookFirst: async (session) => {
        const read: Call = { endpoint: userEndpoints.getUser, params: { userId }, why: 'look' };
        const { email } = (await session.send(read)) as { email: string };
        return email === newAddress() ? {} : undefined;
      },
    }),
    done: () => user()?.email === newAddress(),
  },
  addGroupMembers: {
    call: () => ({
      endpoint: membershipEndpoints.addGroupMembers,
      params: { groupId },
      body: { members: [{ id: userId }] },
      why: 'test',
    }),
    done: () => user()?.groups.some(({ id }) => id === groupId) === true,
  },
  updateUserPassword: {
    call: () => ({
      endpoint: userEndpoints.updateUserPassword,
      params: { userId },
      body: { password: new GuardedString(`Secret-${round}-pass`) },
      why: 'test',
    }),
    done: () => user()?.secrets.passwords?.[0] === `Secret-${round}-pass`,
  },
  deleteUser: {
    call: () => ({
      endpoint: userEndpoints.deleteUser,
      params: { userId },
      query: { action: 'delete' },
      why: 'test',
    }),
    done: () => user() === undefined,
  },
};

function createCall(email: string, password?: string): Call {
  const userInfo = { email, type: 1, first_name: 'Ma', last_name: 'Trix' };
  return {
    endpoint: userEndpoints.createUser,
    body: {
      action: 'autoCreate',
      user_info: { ...userInfo, password: new GuardedString(password ?? 'Secret-0-pass') },
    },
    why: 'test',
    lookFirst: (session) =>
      session.send({ endpoint: userEndpoints.getUser, params: { userId: email }, why: 'look' }),
  };
}

beforeAll(async () => {
  simulator = createSimulator({ users: 10, groups: 2, phoneUsers: 0, plan: 'none', concurrencyLocks: false });
  const { url } = await simulator.listen();
  const { accountId, clientId, clientSecret } = simulator.credentials;
  const options = { accountId, clientId, clientSecret: new GuardedString(clientSecret), maxWaitMs: 60_000 };
  client = testClient(url, { ...options, requestTimeoutMs }, { clock: fastClock(1000) });
});

afterAll(async () => {
  await client.close();
  await simulator.close();
});

beforeEach(async () => {
  round += 1;
  simulator.faults.clear();
  const created = await client.send(createCall(`subject-${round}@example.com`), testContext());
  userId = (created as { id: string }).id;
  const groups = await client.send({ endpoint: groupEndpoints.listGroups, why: 'test' }, testContext());
  groupId = (groups as { groups: { id: string }[] }).groups[0]?.id ?? '';
  simulator.clearRequests();
});

/** Zoom allows a user only so many of these a day: no later attempt of the same request helps. */
const perUser: readonly Endpoint[] = [userEndpoints.updateUserEmail, userEndpoints.updateUserPassword];

const matrix = Object.entries(scenarios).flatMap(([name, scenario]) =>
  Object.entries(faults).map(([fault, [action, leaves]]) => ({ name, fault, scenario, action, leaves })),
);

/** Sends the call of a scenario, which an action strikes once. */
function sendStruck(scenario: Scenario, action: Action, context: OperationContext): Struck {
  const call = scenario.call();
  const match = { method: call.endpoint.method, path: call.endpoint.path, times: 1 };
  simulator.faults.add({ match, action });
  return { call, outcome: client.send(call, context).catch((error: unknown) => error) };
}

/** A call under way that meets a fault; the outcome is the answer or the error. */
interface Struck {
  readonly call: Call;
  readonly outcome: Promise<unknown>;
}

/** Expects that a call which may have taken effect was repeated only if its endpoint allows that. */
function expectRepeatedSafely(
  { done }: Scenario,
  { endpoint }: Call,
  outcome: unknown,
  { trace }: OperationContext,
): void {
  if (endpoint.repeat === 'never') {
    expect(outcome).toBeInstanceOf(ConnectorError);
    expect((outcome as ConnectorError).message).toContain('unknown whether the change took effect');
    expect(trace.calls).toBe(1);
    return;
  }
  expect(outcome).not.toBeInstanceOf(Error);
  expect(done()).toBe(true);
}

describe('each call, struck once by each fault', () => {
  it.each(matrix)('$name: $fault', async ({ scenario, action, leaves }) => {
    const context = testContext();
    const struck = sendStruck(scenario, action, context);
    const [call, outcome] = [struck.call, await struck.outcome];

    expect(simulator.faults.list()[0]?.struck).toBe(1);
    expect(context.trace.calls).toBeLessThanOrEqual(4);
    if (leaves === 'usedUp') {
      const kind = perUser.includes(call.endpoint) ? 'preconditionFailed' : 'retryable';
      expect(outcome).toMatchObject({ kind, details: { upstream: { status: 429 } } });
      expect(context.trace.calls).toBe(1);
      return;
    }
    const silent = action.kind === 'truncate' && call.endpoint.method === 'PUT';
    if (leaves === 'open' && !silent) {
      expectRepeatedSafely(scenario, call, outcome, context);
      return;
    }
    expect(outcome).not.toBeInstanceOf(Error);
    expect(scenario.done()).toBe(true);
  });
});

describe('each call, answered too late once', () => {
  useVirtualTime();

  it.each(Object.entries(scenarios))('%s ends at its time-out', async (_, scenario) => {
    const context = testContext();
    const action = { kind: 'delay', ms: 2 * requestTimeoutMs } as const;
    const { call, outcome } = sendStruck(scenario, action, context);
    await until(() => simulator.faults.list()[0]?.struck === 1);
    await pass(requestTimeoutMs);
    expectRepeatedSafely(scenario, call, await flowUntil(outcome), context);
    await pass(2 * requestTimeoutMs);
    expect(scenario.done()).toBe(true);
  });
});

describe('each call, struck for good', () => {
  it.each(Object.entries(scenarios))(
    '%s ends with a typed error after few calls',
    async (_, { call: make }) => {
      const call = make();
      simulator.faults.add({
        match: { method: call.endpoint.method, path: call.endpoint.path },
        action: { kind: 'html', status: 503 },
      });
      const context = testContext();
      await expect(client.send(call, context)).rejects.toMatchObject({
        kind: 'connectorIO',
        details: { upstream: { status: 503 } },
      });
      expect(context.trace.calls).toBeLessThanOrEqual(8);
    },
  );
});
