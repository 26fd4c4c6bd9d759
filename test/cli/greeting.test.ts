import { expect, it } from '@jest/globals';
import { examples } from '../../src/cli/greeting.js';
import { startService } from '../support/service.js';

it.each([
  ['rest', {}],
  ['scim', {}],
  ['scim', { scimFallback: false }],
] as const)('the commands that the service prints work over %s %j', async (api, more) => {
  const service = await startService({ service: { api, ...more } });
  const commands = [...examples('/v1', api).matchAll(/\/v1\/([a-z-]+) .* -d '(.*)'/g)];
  const statuses: number[] = [];
  for (const [, operation = '', body = ''] of commands) {
    statuses.push((await service.post(operation, JSON.parse(body) as object)).status);
  }
  expect(statuses).toEqual([200, 201, 200]);
  await service.close();
});
