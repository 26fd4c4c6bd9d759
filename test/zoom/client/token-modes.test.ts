import { afterEach, describe, expect, it } from '@jest/globals';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { testClient, testContext } from '../../support/zoom-client.js';

let simulator: Simulator;
const clients: ZoomClient[] = [];

async function start(liveTokens: 'one' | 'many'): Promise<() => ZoomClient> {
  simulator = createSimulator({ users: 5, groups: 0, phoneUsers: 0, plan: 'none', liveTokens });
  const { url } = await simulator.listen();
  const { accountId, clientId, clientSecret } = simulator.credentials;
  return () => {
    const credentials = { accountId, clientId, clientSecret: new GuardedString(clientSecret) };
    const client = testClient(url, credentials);
    clients.push(client);
    return client;
  };
}

const list = (client: ZoomClient): Promise<unknown> =>
  client.send({ endpoint: userEndpoints.listUsers, why: 'test' }, testContext());
const tokenCalls = (): number => simulator.requests.filter(({ family }) => family === 'oauth').length;

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await simulator.close();
});

describe('tokens of one application in several hands', () => {
  it('live side by side where Zoom lets them', async () => {
    const newClient = await start('many');
    const [ours, other] = [newClient(), newClient()];
    for (const client of [ours, other, ours, other]) await list(client);
    expect(tokenCalls()).toBe(2);
  });

  it('are renewed, once for all who wait, where a new one ends the older', async () => {
    const newClient = await start('one');
    const [ours, other] = [newClient(), newClient()];
    await list(ours);
    await list(other);
    await Promise.all(Array.from({ length: 50 }, () => list(ours)));
    expect(tokenCalls()).toBe(3);
  });
});
