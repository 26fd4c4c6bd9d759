import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renewScript, takePlaceScript } from '../../src/connector/redis/lock-scripts.js';
import type { SharedState } from '../../src/connector/redis/shared-state.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import { startService, type TestService } from '../support/service.js';

/** Confirmations of a lock that are still to come before it is lost. */
let left = 0;

/** A state in which this replica gets every lock, and loses it. */
const losingState = (): SharedState & { close(): void } => ({
  evalScript: (script) => {
    if (script === takePlaceScript) return Promise.resolve(0);
    if (script !== renewScript) return Promise.reject(new Error('not part of this test'));
    left -= 1;
    return Promise.resolve(left < 0 ? 1 : 0);
  },
  replicas: () => 1,
  replica: 'r',
  keyPrefix: 'test:',
  channel: 'c',
  onOutage: 'continue',
  onMessage: () => () => undefined,
  close: () => undefined,
});

describe('an operation that has lost its lock', () => {
  let service: TestService;
  const uidOf = (index: number): string =>
    [...service.simulator.state.users.all()].filter(({ status }) => status === 'active')[index]?.id ?? '';

  beforeAll(async () => {
    const connectors: typeof createConnectorFactory = (options) =>
      createConnectorFactory(options, { openState: losingState });
    service = await startService({}, { connectors });
  });
  afterAll(() => service.close());

  it('sends no write', async () => {
    left = 0;
    const uid = uidOf(0);
    service.calls();
    const deltas = [{ name: 'DEPT', valuesToReplace: ['new'] }];
    const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas });
    expect(answer).toMatchObject({
      status: 503,
      body: { exception: 'RetryableException', retryAfter: 1, applied: [], notApplied: ['DEPT'] },
    });
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`]);
  });

  it('says what it has applied before, and leaves out even steps that always run', async () => {
    await service.reload({ custom: { immediateLogoutOnDeactivate: true } });
    left = 1;
    const uid = uidOf(1);
    service.calls();
    const deltas = [
      { name: 'DEPT', valuesToReplace: ['new'] },
      { name: '__ENABLE__', valuesToReplace: [false] },
    ];
    const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas });
    expect(answer).toMatchObject({
      status: 503,
      body: { exception: 'RetryableException', applied: ['DEPT'], notApplied: ['__ENABLE__'] },
    });
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`, `PATCH /v2/users/${uid} 204`]);
  });

  it('creates nothing', async () => {
    left = 0;
    const before = service.simulator.state.users.size;
    const attributes = { __NAME__: 'new@example.com', FIRST_NAME: 'A', LAST_NAME: 'B', TYPE: 1 };
    const { status } = await service.post('create', { objectClass: 'ZoomUser', attributes });
    expect(status).toBe(503);
    expect(service.simulator.state.users.size).toBe(before);
  });

  it('confirms its lock again before it repeats a write', async () => {
    left = 2;
    const uid = uidOf(2);
    const match = { method: 'PATCH', path: '/users/{userId}' };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 500 } });
    service.calls();
    const deltas = [{ name: 'DEPT', valuesToReplace: ['new'] }];
    const { status } = await service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas });
    expect(status).toBe(503);
    const patches = service.calls().filter((call) => call.startsWith('PATCH'));
    expect(patches).toHaveLength(2);
    service.simulator.faults.clear();
  });
});
