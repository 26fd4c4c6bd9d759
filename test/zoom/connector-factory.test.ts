import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTarget, type RunningTarget } from '../../src/cli/target.js';
import { defaultConfig } from '../../src/config/validate-config.js';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import type { Connector } from '../../src/connector/connector.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import { testLogger } from '../support/suite-log.js';
import { testContext } from '../support/zoom-client.js';

let target: RunningTarget;

beforeEach(async () => {
  target = await startTarget({
    ...defaultConfig(),
    rateLimit: { ...defaultConfig().rateLimit, plan: 'none' },
  });
});

afterEach(() => target.close());

/** Another configuration of the same account. */
function shallow(config: ConnectorConfig): ConnectorConfig {
  return { ...config, results: { ...config.results, deepGet: false } };
}

function tokenCalls(): number {
  return target.simulation?.simulator.requests.filter(({ path }) => path === '/oauth/token').length ?? 0;
}

/** Makes a connector call Zoom. */
async function call(connector: Connector): Promise<void> {
  const request = { objectClass: 'ZoomUser', uid: 'nobody@example.com' };
  await expect(connector.get(request, testContext())).rejects.toMatchObject({ kind: 'unknownUid' });
}

describe('connectors of one account', () => {
  it('share a token, also after one of them is closed', async () => {
    const make = createConnectorFactory({ version: '0.0.0-test', client: { logger: testLogger() } });
    const [first, second] = [make(target.config), make(shallow(target.config))];
    await call(first);
    await first.close();
    await call(second);
    const third = make(target.config);
    await call(third);
    expect(tokenCalls()).toBe(1);
    await second.close();
    await third.close();
    const later = make(target.config);
    await call(later);
    expect(tokenCalls()).toBe(2);
    await later.close();
  });

  it('remember the account also when none of them is open', async () => {
    const make = createConnectorFactory({ version: '0.0.0-test', client: { logger: testLogger() } });
    const lookUps: number[] = [];
    for (const config of [target.config, shallow(target.config)]) {
      const connector = make(config);
      target.simulation?.simulator.clearRequests();
      const request = { objectClass: 'ZoomUser', options: { attributesToGet: ['STATUS'] } };
      for await (const { uid } of connector.search(request, testContext())) expect(uid).not.toBe('');
      const requests = target.simulation?.simulator.requests ?? [];
      lookUps.push(requests.filter(({ path }) => path.startsWith('/v2/users/')).length);
      await connector.close();
    }
    expect(lookUps).toEqual([expect.any(Number), 0]);
    expect(lookUps[0]).toBeGreaterThan(0);
  });
});

describe('connectors of two accounts', () => {
  it('do not wait for each other, although their objects have the same names', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const serviceUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const make = createConnectorFactory({ version: '0.0.0-test', client: { logger: testLogger() } });
    const slow = make({ ...target.config, service: { ...target.config.service, serviceUrl } });
    const fast = make(target.config);
    const attributes = { __NAME__: 'new@example.com', FIRST_NAME: 'Jill', LAST_NAME: 'Chill' };
    const request = { objectClass: 'ZoomUser', attributes };
    const leave = new AbortController();
    const waiting = slow.create(request, testContext(leave.signal));
    await once(silent, 'request');
    await expect(fast.create(request, testContext())).resolves.toMatchObject({ name: 'new@example.com' });
    leave.abort();
    await expect(waiting).rejects.toThrow();
    await Promise.all([slow.close(), fast.close()]);
    silent.closeAllConnections();
    silent.close();
  });
});
