import { describe, expect, test } from '@jest/globals';
import { validateConfig } from '../../src/config/validate-config.js';
import { real, simulated } from './load.js';

function paths(json: unknown): string[] {
  return validateConfig(json).errors.map(({ path }) => path);
}

function messages(json: unknown): string {
  return validateConfig(json)
    .errors.map(({ message }) => message)
    .join(' ');
}

const sha256 = 'a'.repeat(64);
const token = { name: 'idm', sha256, scopes: ['read'] };

describe('target zoom needs credentials', () => {
  test('all three of them', () => {
    expect(paths({})).toEqual([
      '/custom/accountId',
      '/security/authenticator/oauth2ClientCredentials/clientId',
      '/security/authenticator/oauth2ClientCredentials/clientSecret',
    ]);
  });

  test('and is content with them', () => {
    expect(paths(real)).toEqual([]);
  });

  test('but the simulator does not', () => {
    expect(paths(simulated)).toEqual([]);
  });
});

describe('addresses that are not loopback', () => {
  const open = { host: '0.0.0.0' };
  const authenticated = { ...open, authentication: { bearerTokens: [token] } };

  test('are refused without authentication, with the remedy', () => {
    expect(paths({ ...real, server: open })).toEqual(['/server/host']);
    expect(messages({ ...real, server: open })).toContain('new-token');
  });

  test('are accepted with tokens', () => {
    expect(paths({ ...real, server: authenticated })).toEqual([]);
  });

  test('are refused for the simulator unless it is allowed', () => {
    expect(paths({ ...simulated, server: authenticated })).toEqual(['/server/host']);
    expect(paths({ ...simulated, server: authenticated, simulator: { allowRemote: true } })).toEqual([]);
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost', 'LOCALHOST'])('%s is loopback', (host) => {
    expect(paths({ ...real, server: { host } })).toEqual([]);
  });

  test.each(['0.0.0.0', '::', '127.0.0.1.example.com', 'connector', '10.0.0.1'])('%s is not', (host) => {
    expect(paths({ ...real, server: { host } })).toEqual(['/server/host']);
  });
});

describe('URLs that credentials travel to', () => {
  test.each([
    'http://127.0.0.1:9000/v2',
    'http://localhost:9000/v2',
    'http://[::1]:9000/v2',
    'https://x.example/v2',
  ])('may be %s', (serviceUrl) => {
    expect(paths({ service: { ...simulated.service, serviceUrl } })).toEqual([]);
  });

  test.each([
    'http://api.zoom.us/v2',
    'http://127.0.0.1.example.com',
    'https://user:pw@zoom.us',
    'https://zoom.us/v2?x=1',
  ])('may not be %s', (serviceUrl) => {
    expect(paths({ service: { ...simulated.service, serviceUrl } })).toEqual(['/service/serviceUrl']);
  });

  test('are checked for tokens, SCIM and keys as well', () => {
    const url = 'http://zoom.us';
    const jwt = { jwksUri: url, issuer: 'i', audience: 'a' };
    const json = {
      service: { ...simulated.service, scimUrl: url },
      security: { authenticator: { oauth2ClientCredentials: { tokenUrl: url } } },
      server: { authentication: { jwt } },
    };
    expect(paths(json)).toEqual([
      '/service/scimUrl',
      '/security/authenticator/oauth2ClientCredentials/tokenUrl',
      '/server/authentication/jwt/jwksUri',
    ]);
  });
});

describe('URLs that may contain a password', () => {
  test('need the right scheme', () => {
    const json = { ...simulated, rest: { proxy: 'socks5://p' }, state: { redisUrl: 'http://r' } };
    expect(paths(json)).toEqual(['/rest/proxy', '/state/redisUrl']);
  });

  test('may be references', () => {
    const json = { ...simulated, rest: { proxy: { env: 'PROXY' } }, state: { redisUrl: { file: '/redis' } } };
    expect(paths(json)).toEqual([]);
  });
});

describe('JSON Web Tokens', () => {
  const jwt = (settings: object) => ({
    ...simulated,
    server: { host: '0.0.0.0', authentication: { jwt: { issuer: 'i', audience: 'a', ...settings } } },
    simulator: { allowRemote: true },
  });
  const jwksUri = 'https://id.example.com/keys';

  test('open the network, with keys from one place', () => {
    expect(paths(jwt({ jwksUri }))).toEqual([]);
    expect(paths(jwt({ jwksFile: 'keys.json' }))).toEqual([]);
    expect(paths(jwt({}))).toEqual(['/server/authentication/jwt']);
    expect(paths(jwt({ jwksUri, jwksFile: 'keys.json' }))).toEqual(['/server/authentication/jwt']);
  });

  test.each(['none', 'HS256', 'HS512'])('are never signed with %s', (algorithm) => {
    const json = jwt({ jwksUri, algorithms: ['RS256', algorithm] });
    expect(paths(json)).toEqual(['/server/authentication/jwt/algorithms/1']);
    expect(messages(json)).toContain('Must be');
  });
});

describe('a deleted user leaves something', () => {
  const rule = (transferOnDelete: object) => paths({ ...simulated, custom: { transferOnDelete } });

  test('when somebody is named who receives it', () => {
    const email = 'heir@example.com';
    expect(rule({ email })).toEqual(['/custom/transferOnDelete']);
    expect(rule({ email, meetings: false })).toEqual(['/custom/transferOnDelete']);
    expect(rule({ email, docs: true })).toEqual([]);
  });
});

describe('names are unique', () => {
  test('among custom attributes, on both sides', () => {
    const customAttributes = [
      { name: 'Badge', attribute: 'CUSTOM_BADGE' },
      { name: 'Floor', attribute: 'CUSTOM_BADGE' },
      { name: 'Badge', attribute: 'CUSTOM_OTHER' },
    ];
    expect(validateConfig({ ...simulated, custom: { customAttributes } }).errors).toEqual([
      { path: '/custom/customAttributes/2/name', message: 'Repeats the entry at position 0.' },
      { path: '/custom/customAttributes/1/attribute', message: 'Repeats the entry at position 0.' },
    ]);
  });

  test('among renamed attributes', () => {
    const attributeNames = { JOB_TITLE: 'X', DEPT: 'X' };
    expect(validateConfig({ ...simulated, custom: { attributeNames } }).errors).toEqual([
      {
        path: '/custom/attributeNames',
        message: 'The value of member 2 repeats that of member 1.',
      },
    ]);
  });

  test('among bearer tokens', () => {
    const bearerTokens = [token, token];
    expect(paths({ ...simulated, server: { authentication: { bearerTokens } } })).toEqual([
      '/server/authentication/bearerTokens/1/name',
      '/server/authentication/bearerTokens/1/sha256',
    ]);
  });
});

test('a rule is not asked about malformed properties, but all others are', () => {
  expect(paths({ server: { host: 5 }, custom: { accountId: 'a' } })).toEqual([
    '/server/host',
    '/security/authenticator/oauth2ClientCredentials/clientId',
    '/security/authenticator/oauth2ClientCredentials/clientSecret',
  ]);
});
