import { expect, test } from '@jest/globals';
import { settingsNeedingRestart } from '../../src/config/advice.js';
import { load, simulated } from './load.js';

test('changes of the server are the ones that need a restart', async () => {
  const { config: running } = await load(simulated);
  const { config: same } = await load({ ...simulated, rest: { maxConcurrency: 1 } });
  const { config: moved } = await load({ ...simulated, server: { port: 0, shutdownGraceMs: 1 } });
  expect(settingsNeedingRestart(running, same)).toEqual([]);
  expect(settingsNeedingRestart(running, moved)).toEqual(['server.port', 'server.shutdownGraceMs']);
});
