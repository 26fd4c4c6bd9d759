import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { printedConfig } from '../../src/cli/print-config.js';
import type { EffectiveSetting } from '../../src/config/effective-settings.js';
import { configProperties, connectorSchema } from '../../src/config/schema.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder('file');
let file: string;

beforeAll(() => {
  file = join(folder.path, 'connector.json');
});

const settingsOf = async (config: object, env = {}): Promise<ReadonlyMap<string, EffectiveSetting>> => {
  await writeFile(file, JSON.stringify(config));
  const settings = JSON.parse(await printedConfig(file, env, true)) as EffectiveSetting[];
  return new Map(settings.map((setting) => [setting.name, setting]));
};

const target = { service: { target: 'simulator' } };

test('shows a line for each setting with its origin', async () => {
  await writeFile(file, JSON.stringify({ ...target, results: { pagination: false } }));
  const env = { CONNECTOR_RESULTS__DEEP_GET: 'false' };
  const lines = (await printedConfig(file, env, false)).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'service.target = "simulator"  (file)',
      'results.pagination = false  (file)',
      'results.deepGet = false  (environment variable CONNECTOR_RESULTS__DEEP_GET)',
      'results.importBatchSize = "auto"  (default)',
      'server.tls = null  (default)',
    ]),
  );
});

test('shows every setting of the schema once', async () => {
  const settings = await settingsOf(target);
  const leaves = configProperties(connectorSchema).filter(({ node }) => node.properties === undefined);
  const open = leaves.filter(
    ({ path }) => !path.some((_, depth) => settings.has(path.slice(0, depth).join('.'))),
  );
  expect(open.map(({ path }) => path.join('.')).filter((name) => !settings.has(name))).toEqual([]);
});

test('names the variable of a group for the members that it gives, and the more exact variable before it', async () => {
  const env = {
    CONNECTOR_RESULTS: '{"deepGet": false, "pagination": false}',
    CONNECTOR_RESULTS__PAGINATION: 'true',
  };
  const settings = await settingsOf(target, env);
  expect(settings.get('results.deepGet')?.origin).toEqual({
    from: 'environment',
    variable: 'CONNECTOR_RESULTS',
  });
  expect(settings.get('results.pagination')).toMatchObject({
    value: true,
    origin: { variable: 'CONNECTOR_RESULTS__PAGINATION' },
  });
  expect(settings.get('results.deepImport')?.origin).toEqual({ from: 'default' });
});

test('shows references to secrets without reading them, and no secret', async () => {
  const config = {
    custom: { accountId: 'acc' },
    rest: { proxy: 'https://user:hunter2@proxy.example' },
    connectorServer: { keys: ['hunter2-hunter2-hunter2-hunter2', { env: 'HOSTS_KEY' }] },
    security: {
      authenticator: {
        oauth2ClientCredentials: { clientId: 'id', clientSecret: { file: '/run/secrets/none' } },
      },
      scim: { bearerToken: 'hunter2' },
    },
  };
  const settings = await settingsOf(config, { CONNECTOR_SECURITY__SCIM__BEARER_TOKEN: 'hunter2' });
  const value = (name: string): unknown => settings.get(name)?.value;
  expect(JSON.stringify([...settings.values()])).not.toContain('hunter2');
  expect(value('security.authenticator.oauth2ClientCredentials.clientSecret')).toEqual({
    file: '/run/secrets/none',
  });
  expect(value('security.scim.bearerToken')).toEqual({ env: 'CONNECTOR_SECURITY__SCIM__BEARER_TOKEN' });
  expect(value('connectorServer.keys')).toEqual(['********', { env: 'HOSTS_KEY' }]);
  expect(value('rest.proxy')).toBe('********');
});

test('refuses a configuration that is not valid, as check-config does', async () => {
  await writeFile(file, '{"service": {"target": "simulator"}, "results": {"deepget": 1}}');
  await expect(printedConfig(file, {}, false)).rejects.toMatchObject({
    details: { errors: [{ path: '/results/deepget' }] },
  });
});
