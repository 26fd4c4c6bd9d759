import { describe, expect, it } from '@jest/globals';
import type { LoggedRequest } from '../../src/simulator/http/request-log.js';
import { captureLog } from '../support/log-capture.js';
import { until } from '../support/raw-client.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { flowUntil, useVirtualTime, virtualClock } from '../support/virtual-time.js';
import { FaultFixture } from './fault-fixture.js';
import { canary } from '../support/canary.js';
import { replace } from '../support/deltas.js';
import { testLogger } from '../support/suite-log.js';

useVirtualTime();

/** A service whose client and simulator share the virtual time. */
function start(settings: TestSettings, clock = virtualClock, logger = testLogger()): Promise<TestService> {
  return startService(settings, { client: { clock }, logger });
}

function update(
  service: TestService,
  uid: string,
  ...deltas: readonly object[]
): Promise<{ status: number }> {
  return service
    .post('update-delta', { objectClass: 'ZoomUser', uid, deltas })
    .then(({ status }) => ({ status }));
}

function mostConcurrent(requests: readonly LoggedRequest[]): number {
  return Math.max(...requests.map(({ concurrent }) => concurrent));
}

describe('writes', () => {
  const simulator = { latencyMs: 20, phoneUsers: 0 };

  it('to one user are serialised, reads of its state included', async () => {
    const service = await start({ simulator });
    const user = new FaultFixture(service.simulator).user();
    await flowUntil(service.post('test'));
    service.simulator.clearRequests();
    const updates = ['One', 'Two', 'Three'].map((dept) => {
      const address = `${dept.toLowerCase()}@example.com`;
      return update(service, user.id, replace('DEPT', dept), replace('__NAME__', address));
    });
    const answers = await flowUntil(Promise.all(updates));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(mostConcurrent(service.simulator.requests)).toBe(1);
    expect(user.email).toBe(`${user.dept.toLowerCase()}@example.com`);
    await service.close();
  });

  it.each([
    ['joins', 'valuesToAdd'],
    ['leaves', 'valuesToRemove'],
  ])('over SCIM carry the memberships of a user who %s a group meanwhile', async (what, values) => {
    const service = await start({ service: { api: 'scim' }, simulator });
    const fixture = new FaultFixture(service.simulator);
    const [user, group] = [fixture.user(), fixture.group()];
    if (what === 'leaves') fixture.join(group, user);
    // The replacement of the user is planned from a read before the group is written, and arrives after it.
    const deltas = [{ name: 'MEMBER_IDS', [values]: [user.id] }];
    const answers = await flowUntil(
      Promise.all([
        update(service, user.id, replace('DEPT', 'Sales')),
        service.post('update-delta', { objectClass: 'ZoomGroup', uid: group.id, deltas }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(user.dept).toBe('Sales');
    expect(user.groups).toEqual(what === 'joins' ? [group] : []);
    await service.close();
  });

  it('of a create are not mixed with those of an update', async () => {
    const service = await start({ simulator });
    const attributes = {
      __NAME__: canary.address,
      CREATE_ACTION: 'ssoCreate',
      DEPT: 'Create',
      COMPANY: 'Acme',
    };
    const creating = service
      .post('create', { objectClass: 'ZoomUser', attributes })
      .then(({ status }) => status);
    const uid = await flowUntil(firstId(service, canary.address));
    const updating = update(service, uid, replace('DEPT', 'Update'));
    expect(await flowUntil(Promise.all([creating, updating]))).toEqual([201, { status: 200 }]);
    expect(mostConcurrent(service.simulator.requests)).toBe(1);
    expect(service.simulator.state.users.byId(uid)?.dept).toBe('Update');
    await service.close();
  });

  it('to several users run side by side', async () => {
    const service = await start({ simulator: { ...simulator, latencyMs: 300 } });
    const fixture = new FaultFixture(service.simulator);
    const users = Array.from({ length: 5 }, () => fixture.user());
    await flowUntil(Promise.all(users.map(({ id }) => update(service, id, replace('DEPT', 'Same')))));
    expect(users.map(({ dept }) => dept)).toEqual(users.map(() => 'Same'));
    expect(mostConcurrent(service.simulator.requests)).toBe(5);
    await service.close();
  });
});

/** Waits until the simulator has the user. */
async function firstId({ simulator }: TestService, address: string): Promise<string> {
  await until(() => simulator.state.users.byEmail(address) !== undefined);
  return simulator.state.users.byEmail(address)?.id ?? '';
}

describe('fifty requests at once after the token has gone', () => {
  const ask = async (service: TestService): Promise<readonly number[]> => {
    const { id } = new FaultFixture(service.simulator).user();
    service.simulator.clearRequests();
    const request = { objectClass: 'ZoomUser', uid: id };
    const gets = Array.from({ length: 50 }, () => service.post('get', request));
    const answers = await flowUntil(Promise.all(gets));
    return answers.map(({ status }) => status);
  };
  const all200 = Array.from({ length: 50 }, () => 200);
  const tokenCalls = ({ simulator }: TestService) =>
    simulator.requests.filter(({ family }) => family === 'oauth').length;

  it.each(['many', 'one'])(
    'make one token call when Zoom lets it expire (live tokens: %s)',
    async (liveTokens) => {
      const service = await start({
        simulator: { latencyMs: { min: 1, max: 20 }, phoneUsers: 0, liveTokens },
      });
      await flowUntil(service.post('test'));
      service.simulator.tokens.expire();
      expect(await ask(service)).toEqual(all200);
      expect(tokenCalls(service)).toBe(1);
      await service.close();
    },
  );

  it('make one token call when its time is over by our clock', async () => {
    let later = 0;
    const clock = { ...virtualClock, now: () => virtualClock.now() + later };
    const service = await start({ simulator: { latencyMs: 5, phoneUsers: 0 } }, clock);
    await flowUntil(service.post('test'));
    later = 3_600_000;
    expect(await ask(service)).toEqual(all200);
    expect(tokenCalls(service)).toBe(1);
    await service.close();
  });
});

it('a create waits no second longer because an import runs at the limit', async () => {
  const log = captureLog('info');
  const service = await start(
    {
      rateLimit: { plan: 'business' },
      simulator: { users: 330, phoneUsers: 0, plan: 'business', latencyMs: { min: 20, max: 60 } },
    },
    virtualClock,
    log.logger,
  );
  const create = async (index: number): Promise<void> => {
    const attributes = { __NAME__: `during.${index}@example.com`, CREATE_ACTION: 'ssoCreate' };
    expect((await service.post('create', { objectClass: 'ZoomUser', attributes })).status).toBe(201);
  };
  const importing = { done: false };
  const listing = service.post('search', { objectClass: 'ZoomUser' }).then((answer) => {
    importing.done = true;
    return (answer.body as { results: unknown[] }).results.length;
  });
  const creating = async (): Promise<void> => {
    for (let index = 1; !importing.done; index += 1) {
      await virtualClock.sleep(300);
      await create(index);
    }
  };
  await flowUntil(creating());
  expect(await listing).toBeGreaterThanOrEqual(330);
  const ended = log.entries().filter(({ message }) => message === 'operation');
  const creates = ended.filter(({ operation }) => operation === 'create');
  const delays = creates.map(({ waitedMs }) => Number(waitedMs));
  expect(delays.length).toBeGreaterThan(0);
  expect(Math.max(...delays)).toBeLessThan(1_000);
  expect(service.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
  await service.close();
});
