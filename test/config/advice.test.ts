import { expect, test } from '@jest/globals';
import { changedSettings, settingsNeedingRestart } from '../../src/config/advice.js';
import { load, simulated } from './load.js';

test('changes of the server are the ones that need a restart', async () => {
  const { config: running } = await load(simulated);
  const { config: same } = await load({ ...simulated, rest: { maxConcurrency: 1 } });
  const { config: moved } = await load({ ...simulated, server: { port: 0, shutdownGraceMs: 1 } });
  expect(settingsNeedingRestart(running, same)).toEqual([]);
  expect(settingsNeedingRestart(running, moved)).toEqual(['server.port', 'server.shutdownGraceMs']);
});

test('changed settings are named, secrets by a change of their text, and no value is shown', async () => {
  const withSecret = (clientSecret: string, custom: object) =>
    load({
      ...simulated,
      custom,
      security: { authenticator: { oauth2ClientCredentials: { clientSecret } } },
    });
  const { config: before } = await withSecret('one', { phoneBundleTypes: ['16'] });
  const { config: same } = await withSecret('one', { phoneBundleTypes: ['16'] });
  const { config: next } = await withSecret('two', {
    phoneBundleTypes: ['16', '32'],
    transferOnDelete: { email: 'boss@example.com', meetings: true },
    attributeNames: { DEPT: 'DEPARTMENT' },
  });
  expect(changedSettings(before, same)).toEqual([]);
  expect([...changedSettings(before, next)].sort()).toEqual([
    'custom.attributeNames.DEPT',
    'custom.phoneBundleTypes',
    'custom.transferOnDelete',
    'security.authenticator.oauth2ClientCredentials.clientSecret',
  ]);
});
