import { expect, it } from '@jest/globals';
import { noMetrics } from '../../../src/connector/ports.js';
import type { Call } from '../../../src/connector/object-class/call.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { scriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const userId = 'KDcuGIm1QgePTO8WbOqwIQ';
const getUser: Call = { endpoint: userEndpoints.getUser, params: { userId }, why: 'test' };

it('a call that is left in the moment when it gets its slot gives the slot back', async () => {
  const server = await scriptedServer([{ json: { id: userId } }]);
  const leaving = new AbortController();
  // Reported when the first call has released the only slot, and the second has got it.
  const targetCall = ({ endpoint }: { readonly endpoint: string }): void => {
    if (endpoint === 'getUser') leaving.abort(new Error('left'));
  };
  const options = { maxConcurrency: 1, maxWaitMs: 1000 };
  const client = testClient(server.url, options, { metrics: { ...noMetrics, targetCall } });
  const first = client.send(getUser, testContext());
  const left = client.send(getUser, { ...testContext(), signal: leaving.signal });
  await first;
  await expect(left).rejects.toThrow();
  expect(await client.send(getUser, testContext())).toEqual({ id: userId });
  await client.close();
  await server.close();
});
