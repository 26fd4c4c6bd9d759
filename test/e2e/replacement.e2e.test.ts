import { describe, expect, it } from '@jest/globals';
import { startReloadable } from '../../src/cli/reloadable-connector.js';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import { createZoomConnector } from '../../src/zoom/create-zoom-connector.js';
import { until } from '../support/raw-client.js';
import { startService, type TestService } from '../support/service.js';
import { testLogger } from '../support/suite-log.js';
import { flowUntil, useVirtualTime, virtualClock } from '../support/virtual-time.js';

useVirtualTime();

function configWith(attributeNames: Record<string, string>, users: number): ConnectorConfig {
  const service = { target: 'simulator' };
  return checkConfigJson({ service, custom: { attributeNames }, simulator: { users } })
    .json as ConnectorConfig;
}

it('keeps the old connector and its target when a changed configuration cannot be used', async () => {
  const holder = await startReloadable(configWith({}, 5), (config) =>
    createZoomConnector(config, { version: '0.0.0-test', client: { logger: testLogger() } }),
  );
  const before = { connector: holder.current(), target: holder.target() };
  await expect(holder.prepare(configWith({ TYPE: 'EMAIL' }, 6))).rejects.toMatchObject({
    kind: 'configuration',
  });
  expect(holder.current()).toBe(before.connector);
  expect(holder.target()).toBe(before.target);
  await holder.close();
});

describe('a connector that takes the place of another one', () => {
  const objectClass = 'ZoomUser';
  const userOf = (service: TestService) => service.simulator.state.users.list('active')[3];

  it.each([
    ['as it is', 'pro', 1],
    ['with another share', 'pro', 0.9],
    ['after none', 'none', 1],
  ])('keeps its pace, %s: together they stay within the limit', async (_, planBefore, share) => {
    const settings = { simulator: { plan: 'pro', users: 20, phoneUsers: 0 } };
    const service = await startService(
      { ...settings, rateLimit: { plan: planBefore } },
      { client: { clock: virtualClock } },
    );
    const uid = userOf(service)?.id;
    const reads = async (count: number): Promise<void> => {
      const options = { attributesToGet: ['DEPT'] };
      const get = () => service.post('get', { objectClass, uid, options }).expect(200);
      await flowUntil(Promise.all(Array.from({ length: count }, get)));
    };
    await reads(30);
    await service.reload({ ...settings, rateLimit: { plan: 'pro', share }, rest: { maxConcurrency: 20 } });
    await reads(15);
    expect(service.calls().filter((call) => call.endsWith('429'))).toEqual([]);
    await service.close();
  });

  it('waits for a write of the other one to the same user, and knows of it', async () => {
    const service = await startService();
    const user = userOf(service);
    const update = (values: readonly string[]) =>
      service
        .post('update-delta', {
          objectClass,
          uid: user?.id,
          deltas: [{ name: 'DEPT', valuesToReplace: values }],
        })
        .expect(200);
    const match = { method: 'PATCH', path: '/users/{userId}', nth: 1 };
    service.simulator.faults.add({ match, action: { kind: 'delay', ms: 150 } });
    service.calls();
    const first = update(['First']).then(() => undefined);
    await until(() => service.simulator.faults.list()[0]?.struck === 1);
    await service.reload({ results: { deepGet: false } });
    await flowUntil(Promise.all([first, update(['Second'])]));
    expect(service.calls().map((call) => call.slice(0, 5))).toEqual(['GET /', 'PATCH', 'GET /', 'PATCH']);
    expect(user).toMatchObject({ dept: 'Second' });
    await service.close();
  });

  it('is there at once, however long operations of the other one still take', async () => {
    const service = await startService();
    const uid = userOf(service)?.id;
    service.simulator.faults.add({
      match: { path: '/users/{userId}', nth: 1 },
      action: { kind: 'delay', ms: 1_000 },
    });
    const events: string[] = [];
    const get = service.post('get', { objectClass, uid }).then(({ status }) => events.push(`read ${status}`));
    await until(() => service.simulator.faults.list()[0]?.struck === 1);
    await service.reload({ results: { deepGet: false } });
    await service.reload({ results: { deepGet: true } });
    events.push('replaced twice');
    await flowUntil(Promise.all([service.close(), get]));
    expect(events).toEqual(['replaced twice', 'read 200']);
  });

  it('goes on with its token, as long as the application is the same', async () => {
    const service = await startService({ simulator: { liveTokens: 'one' } });
    const { simulator } = service;
    const tokenCalls = () => simulator.requests.filter(({ family }) => family === 'oauth').length;
    const read = () => service.post('search', { objectClass: 'ZoomGroup' }).expect(200);
    await read();
    await service.reload({ simulator: { liveTokens: 'one' }, results: { deepGet: false } });
    await read();
    expect(tokenCalls()).toBe(1);
    await service.reload({ simulator: { liveTokens: 'one' }, rest: { ioErrorRetries: 0 } });
    await read();
    expect(tokenCalls()).toBe(2);
    await service.close();
  });
});
