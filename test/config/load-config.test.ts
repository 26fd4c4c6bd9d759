import { expect, test } from '@jest/globals';
import { GuardedString } from '../../src/connid/guarded-string.js';
import { loadConfig } from '../../src/config/load-config.js';
import { findings, load, real, simulated } from './load.js';

test('everything the file does not say has the default of the schema', async () => {
  const { config } = await load(simulated);
  expect(config.rest).toEqual({
    ioErrorRetries: 5,
    requestTimeoutMs: 30000,
    operationTimeoutMs: 300000,
    idleTimeoutMs: 120000,
    maxConcurrency: 32,
    maxWaitMs: 60000,
    maxAnswerBytes: 268435456,
    proxy: null,
    sendTraceparent: true,
  });
  expect(config.server.authentication).toEqual({ bearerTokens: [], jwt: null });
});

test('the file wins over the default, an environment variable over the file', async () => {
  const file = { ...simulated, results: { importBatchSize: 100, deepGet: false } };
  const { config } = await load(file, { env: { CONNECTOR_RESULTS__IMPORT_BATCH_SIZE: '30' } });
  expect(config.results).toMatchObject({ importBatchSize: 30, deepGet: false, deepImport: true });
});

test('secrets are guarded and the rest is immutable', async () => {
  const { config } = await load(real, { env: { SECRET: 'hush' } });
  const { clientSecret } = config.security.authenticator.oauth2ClientCredentials;
  expect(clientSecret).toBeInstanceOf(GuardedString);
  expect(clientSecret?.reveal()).toBe('hush');
  expect(JSON.stringify(config)).not.toContain('hush');
  expect(Object.isFrozen(config.security.authenticator)).toBe(true);
  expect(Object.isFrozen(config.custom.customAttributes)).toBe(true);
});

test('the reference to the schema for editors is accepted and dropped', async () => {
  const { config } = await load({ ...simulated, $schema: './schemas/connector.schema.json' });
  expect(Object.keys(config)).not.toContain('$schema');
});

test('base URLs lose their slash at the end', async () => {
  const { config } = await load({ service: { target: 'simulator', serviceUrl: 'https://api.zoom.us/v2/' } });
  expect(config.service.serviceUrl).toBe('https://api.zoom.us/v2');
});

test('all problems are reported at once: form, rules, variables and secrets', async () => {
  const file = { results: { deepGet: 'yes' }, security: { scim: { bearerToken: { env: 'ABSENT' } } } };
  const found = await findings(file, { env: { CONNECTOR_NONSENSE: '1' } });
  expect(found.map(({ path }) => path)).toEqual([
    '',
    '/results/deepGet',
    '/custom/accountId',
    '/security/authenticator/oauth2ClientCredentials/clientId',
    '/security/authenticator/oauth2ClientCredentials/clientSecret',
    '/security/scim/bearerToken',
  ]);
});

test('a problem that came from an environment variable names the variable', async () => {
  expect(await findings(simulated, { env: { CONNECTOR_SERVER__PORT: '70000' } })).toEqual([
    {
      path: '/server/port',
      message: 'Must be at most 65535. (Set by the environment variable CONNECTOR_SERVER__PORT.)',
    },
  ]);
});

test('a file that is not there is refused with the way to name another', async () => {
  await expect(loadConfig({ file: 'nowhere/connector.json', env: {} })).rejects.toMatchObject({
    kind: 'configuration',
    message: 'The file nowhere/connector.json cannot be read (ENOENT).',
    details: { hint: expect.stringContaining('--config') as unknown },
  });
});

test('settings without effect are warnings', async () => {
  const custom = { disassociateOnDelete: true, transferOnDelete: { email: 'boss@example.com', docs: true } };
  const { warnings } = await load({ ...simulated, custom });
  expect(warnings.map(({ path }) => path)).toEqual([
    '/custom/disassociateOnDelete',
    '/custom/transferOnDelete',
  ]);
  const deleting = await load({ ...simulated, custom: { ...custom, deactivateOnDelete: false } });
  expect(deleting.warnings).toEqual([]);
});
