import { describe, expect, it } from '@jest/globals';
import { hostConfig, withPropertyNames } from '../../src/config/host-config.js';
import { hostProperties } from '../../src/config/host-properties.js';
import { checkConfigJson, defaultConfig } from '../../src/config/validate-config.js';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { ConnectorError } from '../../src/connid/errors.js';
import { GuardedString } from '../../src/connid/guarded-string.js';

const secret = new GuardedString('canary-client-secret');

const credentials = { accountId: 'account-1', clientId: 'client-1', clientSecret: secret };

/** The values that a host sends when its administrator has set nothing but these. */
function values(given: Record<string, unknown> = {}): ReadonlyMap<string, unknown> {
  const initial = hostProperties.map(({ name, initial }) => [name, initial] as const);
  return new Map<string, unknown>([...initial, ...Object.entries({ ...credentials, ...given })]);
}

const base = defaultConfig();

function refusal(given: Record<string, unknown>): string {
  try {
    hostConfig(base, values(given));
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'configuration') return error.message;
  }
  return 'accepted';
}

describe('the properties that hosts set', () => {
  it('are unique, in order, and have texts', () => {
    expect(new Set(hostProperties.map(({ name }) => name)).size).toBe(hostProperties.length);
    expect(hostProperties.map(({ order }) => order)).toEqual(
      hostProperties.map(({ order }) => order).toSorted((left, right) => left - right),
    );
    expect(hostProperties.filter(({ display, help }) => display === '' || help === '')).toEqual([]);
  });

  it('have the names and flags of the Java connector, and the defaults of connector.json', () => {
    const rows = hostProperties.map(({ name, type, required, confidential, initial }) => [
      name,
      { type, required, confidential, initial },
    ]);
    expect(Object.fromEntries(rows)).toMatchObject({
      accountId: { type: 'String', required: true, confidential: false, initial: null },
      clientId: { type: 'String', required: true, confidential: true, initial: null },
      clientSecret: { type: 'GuardedString', required: true, confidential: true, initial: null },
      ioErrorRetries: { type: 'Integer', required: false, initial: 5 },
      importBatchSize: { type: 'Integer', required: true, initial: 0 },
      deactivateOnDelete: { type: 'Boolean', initial: true },
      serviceUrl: { type: 'String', required: true, initial: 'https://api.zoom.us/v2' },
      tokenUrl: { type: 'String', required: true, initial: 'https://zoom.us/oauth/token' },
      target: { type: 'String', required: false, initial: 'zoom' },
      scimBearerToken: { type: 'GuardedString', required: false, confidential: true },
      customAttributes: { type: 'String[]', initial: null },
    });
  });
});

describe('the configuration of a host', () => {
  it('has the defaults of connector.json where the host has set nothing', () => {
    const config = hostConfig(base, values());
    const { json } = checkConfigJson({
      custom: { accountId: 'account-1' },
      // 0 is the number that stands for `auto`.
      results: { importBatchSize: 0 },
    });
    const { service, results, custom } = json as ConnectorConfig;
    expect(config).toMatchObject({ service, results, custom });
    expect(config.security.authenticator.oauth2ClientCredentials).toMatchObject({
      clientId: 'client-1',
      clientSecret: secret,
    });
  });

  it('has the values that the host has set, and pairs of names', () => {
    const config = hostConfig(
      base,
      values({
        deepGet: false,
        importBatchSize: 100,
        serviceUrl: 'https://zoom.example.com/v2/',
        customAttributes: ['CUSTOM_FLOOR=Floor = level'],
        attributeNames: ['DEPT=DEPARTMENT'],
        phoneBundleTypes: ['12'],
        transferOnDeleteEmail: 'heir@example.com',
        transferOnDeleteMeetings: true,
        scope: ' ',
      }),
    );
    expect(config.results).toMatchObject({ deepGet: false, importBatchSize: 100 });
    expect(config.service.serviceUrl).toBe('https://zoom.example.com/v2');
    expect(config.custom).toMatchObject({
      customAttributes: [{ attribute: 'CUSTOM_FLOOR', name: 'Floor = level' }],
      attributeNames: { DEPT: 'DEPARTMENT' },
      phoneBundleTypes: ['12'],
      transferOnDelete: { email: 'heir@example.com', meetings: true, webinars: false },
    });
    expect(config.security.authenticator.oauth2ClientCredentials.scope).toBeNull();
  });

  it('has nothing of the service but what hosts cannot set', () => {
    const proxy = new GuardedString('http://proxy.example.com');
    const service: ConnectorConfig = {
      ...base,
      rest: { ...base.rest, proxy, requestTimeoutMs: 7_000, ioErrorRetries: 9 },
      custom: { ...base.custom, accountId: 'other', deactivateOnDelete: false },
      rateLimit: { ...base.rateLimit, plan: 'free' },
    };
    const config = hostConfig(service, values());
    expect(config.rest).toMatchObject({ proxy, requestTimeoutMs: 7_000, ioErrorRetries: 5 });
    expect(config.rateLimit.plan).toBe('free');
    expect(config.custom).toMatchObject({ accountId: 'account-1', deactivateOnDelete: true });
    expect(config.service.target).toBe('zoom');
  });

  it('needs no credentials for the simulator, although they show as required', () => {
    const nothing = { accountId: null, clientId: null, clientSecret: null };
    expect(hostConfig(base, values({ ...nothing, target: 'simulator' })).service.target).toBe('simulator');
    expect(refusal(nothing)).toMatch(
      /accountId: Is required .*clientId: Is required .*clientSecret: Is required /,
    );
  });

  it('is refused with one message that names every wrong property, and repeats no value', () => {
    const message = refusal({
      ioErrorRetries: 101,
      deepGet: 'canary-yes',
      serviceUrl: 'canary-no-url',
      clientSecret: 'canary-plain',
      attributeNames: ['canary-pair'],
      transferOnDeleteMeetings: true,
    });
    const names = [
      'ioErrorRetries',
      'deepGet',
      'serviceUrl',
      'clientSecret',
      'attributeNames',
      'transferOnDelete',
    ];
    for (const name of names) expect(message).toContain(name);
    expect(message).not.toContain('canary');
  });

  it('takes no property that is unknown', () => {
    expect(hostConfig(base, values({ currentToken: 'x' })).custom.accountId).toBe('account-1');
  });
});

describe('a text for hosts', () => {
  it.each(hostProperties.map(({ name, target }) => [target.path.join('.'), name]))(
    'names %s %s',
    (path, name) => {
      expect(withPropertyNames(`Set ${path}, or ${path}.`)).toBe(`Set ${name}, or ${name}.`);
    },
  );

  it.each([
    'Set rest.proxy in connector.json.',
    'See my.custom.accountId and custom.accountId.x.',
    'a.b',
    '1.5',
  ])('leaves other paths: %s', (text) => {
    expect(withPropertyNames(text)).toBe(text);
  });
});
