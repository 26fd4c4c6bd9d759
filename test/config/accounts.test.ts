import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountGroups } from '../../src/config/accounts.js';
import { connectorSchema } from '../../src/config/schema.js';
import { validateConfig } from '../../src/config/validate-config.js';
import { printedConfig } from '../../src/cli/print-config.js';
import { assertProperty } from '../support/assert-property.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';
import { findings, load, simulated } from './load.js';

const folder = useTemporaryFolder();
const two = { connectors: { eu: simulated, 'us-1': simulated } };

describe('several accounts', () => {
  it('have what one has, and share the rest', async () => {
    const { accounts, config } = await load({
      connectors: { eu: { ...simulated, results: { deepGet: false } }, us: simulated },
      logging: { level: 'warn' },
    });
    const seen = [...accounts].map(([name, { logging, results }]) => [name, results.deepGet, logging.level]);
    expect(seen).toEqual([
      ['eu', false, 'warn'],
      ['us', true, 'warn'],
    ]);
    expect(config).toBe(accounts.get('eu'));
  });

  it('are the groups that the schema names, as those at the top', () => {
    for (const group of accountGroups) expect(connectorSchema.properties).toHaveProperty(group);
    expect(accountGroups).toContain('custom');
    expect(accountGroups).not.toContain('server');
  });

  it.each<[string, object, string, string]>([
    ['a group beside them', { ...two, results: {} }, '/results', 'beside'],
    [
      'a global group in one',
      { connectors: { eu: { ...simulated, server: {} } } },
      '/connectors/eu/server',
      'Belongs',
    ],
    [
      'a mistyped group',
      { connectors: { eu: { ...simulated, reslts: {} } } },
      '/connectors/eu/reslts',
      '"results"',
    ],
    [
      'a mistyped property',
      { connectors: { eu: { ...simulated, results: { depGet: true } } } },
      '/connectors/eu/results/depGet',
      '"deepGet"',
    ],
    [
      'a rule that one breaks',
      { connectors: { eu: simulated, us: { service: { target: 'zoom' } } } },
      '/connectors/us/custom/accountId',
      'required',
    ],
    ['no account', { connectors: {} }, '/connectors', 'Must name'],
    ['no object', { connectors: ['eu'] }, '/connectors', 'object'],
    ['an account that is none', { connectors: { eu: 5 } }, '/connectors/eu', 'object'],
    ['a name with capitals', { connectors: { EU: simulated } }, '/connectors', 'lower-case'],
    ['a long name', { connectors: { [`a${'b'.repeat(63)}`]: simulated } }, '/connectors', 'at most 63'],
    [
      'a token for one that is not there',
      {
        ...two,
        server: {
          authentication: {
            bearerTokens: [{ name: 'a', sha256: '0'.repeat(64), scopes: ['read'], connectors: ['us-2'] }],
          },
        },
      },
      '/server/authentication/bearerTokens/0/connectors/0',
      '"us-1"',
    ],
  ])('are refused with %s', async (_what, json, path, words) => {
    const found = await findings(json);
    expect(found.map((finding) => finding.path)).toContain(path);
    expect(found.find((finding) => finding.path === path)?.message).toContain(words);
    expect(validateConfig(json).valid).toBe(false);
  });

  it('report a problem of what they share once', async () => {
    const found = await findings({ ...two, server: { port: 'x' } });
    expect(found.map(({ path }) => path)).toEqual(['/server/port']);
  });

  it('look up secrets of their own, and name them where they are', async () => {
    const account = (variable: string) => ({
      custom: { accountId: 'a' },
      security: {
        authenticator: { oauth2ClientCredentials: { clientId: 'c', clientSecret: { env: variable } } },
      },
    });
    const json = { connectors: { eu: account('EU_SECRET'), us: account('US_SECRET') } };
    const { accounts } = await load(json, { env: { EU_SECRET: 'one', US_SECRET: 'two' } });
    const secrets = [...accounts.values()].map(({ security }) =>
      security.authenticator.oauth2ClientCredentials.clientSecret?.reveal(),
    );
    expect(secrets).toEqual(['one', 'two']);
    const missing = await findings(json, { env: { EU_SECRET: 'one' } });
    expect(missing.map(({ path }) => path)).toEqual([
      '/connectors/us/security/authenticator/oauth2ClientCredentials/clientSecret',
    ]);
  });

  it('can each be overridden by variables, and only those that exist', async () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}$/);
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
    await assertProperty(
      fc.asyncProperty(names, fc.nat(), async (all, chosen) => {
        const json = { connectors: Object.fromEntries(all.map((each) => [each, simulated])) };
        const target = all[chosen % all.length] ?? '';
        const variable = `CONNECTOR_CONNECTORS__${target.toUpperCase().replace(/-/g, '_')}__RESULTS__DEEP_GET`;
        const { accounts } = await load(json, { env: { [variable]: 'false' } });
        for (const [each, { results }] of accounts) expect(results.deepGet).toBe(each !== target);
      }),
    );
    const found = await findings(two, { env: { CONNECTOR_CONNECTORS__ASIA__RESULTS__DEEP_GET: 'false' } });
    expect(found.map(({ message }) => message).join()).toContain('names no property');
    const plain = await findings(two, { env: { CONNECTOR_RESULTS__DEEP_GET: 'false' } });
    expect(plain.map(({ message }) => message).join()).toContain('names no property');
  });

  it('can come from a variable as a whole', async () => {
    const env = {
      CONNECTOR_CONNECTORS: JSON.stringify(two.connectors),
      CONNECTOR_CONNECTORS__US_1__RESULTS__DEEP_GET: 'false',
    };
    const { accounts } = await load({}, { env });
    expect([...accounts].map(([each, { results }]) => [each, results.deepGet])).toEqual([
      ['eu', true],
      ['us-1', false],
    ]);
  });

  it('are printed under their names, with what they share once', async () => {
    const file = join(folder.path, 'connector.json');
    await writeFile(file, JSON.stringify(two));
    const env = { CONNECTOR_CONNECTORS__EU__RESULTS__DEEP_GET: 'false' };
    const lines = (await printedConfig(file, env, false)).split('\n');
    expect(lines.filter((line) => line.startsWith('logging.level'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('results.deepGet'))).toEqual([
      'connectors.eu.results.deepGet = false  (environment variable CONNECTOR_CONNECTORS__EU__RESULTS__DEEP_GET)',
      'connectors.us-1.results.deepGet = true  (default)',
    ]);
  });
});
