import { describe, expect, test } from '@jest/globals';
import { findings, load, simulated, type World } from './load.js';

function withToken(bearerToken: unknown): unknown {
  return { ...simulated, security: { scim: { bearerToken } } };
}

async function tokenOf(bearerToken: unknown, world: World = {}): Promise<string | undefined> {
  const { config } = await load(withToken(bearerToken), world);
  return config.security.scim.bearerToken?.reveal();
}

describe('a secret is read', () => {
  test('from an environment variable', async () => {
    expect(await tokenOf({ env: 'TOKEN' }, { env: { TOKEN: 'hush' } })).toBe('hush');
  });

  test('without the line break at its end and the byte order mark before it', async () => {
    expect(await tokenOf({ file: '/run/token' }, { files: { '/run/token': '\uFEFFhush \r\n' } })).toBe(
      'hush ',
    );
    expect(await tokenOf({ env: 'TOKEN' }, { env: { TOKEN: 'hush\n' } })).toBe('hush');
  });

  test('from the configuration itself, with a warning that does not show it', async () => {
    const { warnings } = await load(withToken('hush'));
    expect(warnings).toEqual([
      {
        path: '/security/scim/bearerToken',
        message: 'This secret is in plain text. Refer to it: {"env": "NAME"} or {"file": "PATH"}.',
      },
    ]);
    expect(await tokenOf('hush')).toBe('hush');
  });

  test('from the variable that overrides the property, without a warning', async () => {
    const { config, warnings } = await load(simulated, {
      env: { CONNECTOR_SECURITY__SCIM__BEARER_TOKEN: 'hush' },
    });
    expect(config.security.scim.bearerToken?.reveal()).toBe('hush');
    expect(warnings).toEqual([]);
  });
});

describe('a secret that cannot be read is refused', () => {
  test.each([
    [{ env: 'TOKEN' }, {}, 'The environment variable TOKEN is not set.'],
    [{ env: 'TOKEN' }, { env: { TOKEN: '' } }, 'The environment variable TOKEN is empty.'],
    [{ file: '/run/token' }, {}, 'The file /run/token cannot be read (ENOENT).'],
    [{ file: '/run/token' }, { files: { '/run/token': '\n' } }, 'The file /run/token is empty.'],
  ])('%j', async (reference, world, message) => {
    expect(await findings(withToken(reference), world)).toEqual([
      { path: '/security/scim/bearerToken', message },
    ]);
  });
});

describe('a URL that may contain a password', () => {
  test('is plain text without a warning when it contains none', async () => {
    const { config, warnings } = await load({ ...simulated, rest: { proxy: 'http://localhost:3128' } });
    expect(config.rest.proxy?.reveal()).toBe('http://localhost:3128');
    expect(warnings).toEqual([]);
  });

  test('is warned about when it contains one', async () => {
    const { warnings } = await load({ ...simulated, rest: { proxy: 'http://:hush@localhost' } });
    expect(warnings.map(({ path }) => path)).toEqual(['/rest/proxy']);
  });

  test('is checked after it has been looked up, without being shown', async () => {
    const file = { ...simulated, rest: { proxy: { env: 'PROXY' } } };
    expect(await findings(file, { env: { PROXY: 'hush' } })).toEqual([
      { path: '/rest/proxy', message: 'Must be a URL that begins with http:// or https://.' },
    ]);
  });
});
