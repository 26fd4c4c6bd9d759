import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEnvironment, type Environment, type Overridden } from '../../src/config/env-overrides.js';
import { configProperties, connectorSchema } from '../../src/config/schema.js';
import { assertProperty } from '../support/assert-property.js';

function apply(env: Environment, json: unknown = {}): Overridden {
  return applyEnvironment(json, env);
}

describe('values', () => {
  test('are JSON where the property is not text', () => {
    expect(apply({ CONNECTOR_RESULTS__DEEP_GET: 'false' }).json).toEqual({ results: { deepGet: false } });
    expect(apply({ CONNECTOR_CUSTOM__PHONE_BUNDLE_TYPES: '["16"]' }).json).toEqual({
      custom: { phoneBundleTypes: ['16'] },
    });
  });

  test('are taken as they are where the property is text', () => {
    expect(apply({ CONNECTOR_CUSTOM__ACCOUNT_ID: '123' }).json).toEqual({ custom: { accountId: '123' } });
  });

  test('are either where the property may be text or a number', () => {
    const batchSize = (text: string) => apply({ CONNECTOR_RESULTS__IMPORT_BATCH_SIZE: text }).json;
    expect(batchSize('auto')).toEqual({ results: { importBatchSize: 'auto' } });
    expect(batchSize('300')).toEqual({ results: { importBatchSize: 300 } });
  });

  test('that are empty mean "none" where there may be none', () => {
    expect(apply({ CONNECTOR_CUSTOM__ACCOUNT_ID: '' }, { custom: { accountId: 'x' } }).json).toEqual({
      custom: { accountId: null },
    });
  });

  test('that are no JSON are reported without being shown', () => {
    expect(apply({ CONNECTOR_REST__MAX_WAIT_MS: '5 minutes' }).findings).toEqual([
      {
        path: '/rest/maxWaitMs',
        message: 'The environment variable CONNECTOR_REST__MAX_WAIT_MS must be JSON, such as 60000.',
      },
    ]);
  });
});

describe('secrets', () => {
  const name = 'CONNECTOR_SECURITY__AUTHENTICATOR__OAUTH2_CLIENT_CREDENTIALS__CLIENT_SECRET';
  const clientSecret = (value: unknown): unknown => ({
    security: { authenticator: { oauth2ClientCredentials: { clientSecret: value } } },
  });

  test('stay in their variable, to which the configuration refers', () => {
    expect(apply({ [name]: '12345' }).json).toEqual(clientSecret({ env: name }));
  });

  test('may be references themselves', () => {
    expect(apply({ [name]: '{"file": "/run/secret"}' }).json).toEqual(clientSecret({ file: '/run/secret' }));
  });
});

describe('groups', () => {
  test('are given as JSON, and the variable of a member wins', () => {
    const env = {
      CONNECTOR_CUSTOM__TRANSFER_ON_DELETE__NOTES: 'false',
      CONNECTOR_CUSTOM__TRANSFER_ON_DELETE: '{"email": "a@example.com", "notes": true}',
    };
    expect(apply(env).json).toEqual({
      custom: { transferOnDelete: { email: 'a@example.com', notes: false } },
    });
  });

  test('that are absent or null are made for their members', () => {
    expect(apply({ CONNECTOR_SERVER__TLS__KEY_FILE: 'k' }, { server: { tls: null } }).json).toEqual({
      server: { tls: { keyFile: 'k' } },
    });
  });

  test('that are no objects are left for validation to find', () => {
    expect(apply({ CONNECTOR_SERVER__PORT: '1' }, { server: [] })).toMatchObject({ json: { server: [] } });
  });
});

describe('names', () => {
  test('that are unknown are errors with the nearest one', () => {
    expect(apply({ CONNECTOR_RESULT__DEEPGET: 'true' }).findings).toEqual([
      {
        path: '',
        message:
          'The environment variable CONNECTOR_RESULT__DEEPGET names no property. Did you mean CONNECTOR_RESULTS__DEEP_GET?',
      },
    ]);
  });

  test('of others are nobody’s business', () => {
    expect(apply({ PATH: '/bin', CONNECTOR: 'x', MY_CONNECTOR_X: 'y' }).findings).toEqual([]);
  });

  test('that secret references use may begin like ours', () => {
    const json = { security: { scim: { bearerToken: { env: 'CONNECTOR_SCIM_TOKEN' } } } };
    expect(apply({ CONNECTOR_SCIM_TOKEN: 'x' }, json).findings).toEqual([]);
  });

  test('by which Kubernetes describes a service called "connector" are not ours', () => {
    const env = {
      CONNECTOR_SERVICE_HOST: '10.0.0.1',
      CONNECTOR_SERVICE_PORT_HTTP: '80',
      CONNECTOR_PORT: 'tcp://10.0.0.1:80',
      CONNECTOR_PORT_80_TCP_ADDR: '10.0.0.1',
    };
    expect(apply(env).findings).toEqual([]);
    expect(apply({ CONNECTOR_PORT: '8081' }).findings).toHaveLength(1);
  });

  test('belong to one property each', () => {
    const names = configProperties(connectorSchema).map(({ variable }) => variable);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('CONNECTOR_REST__IO_ERROR_RETRIES');
  });
});

test('the file’s own object is not changed', () => {
  const json = { results: {} };
  apply({ CONNECTOR_RESULTS__DEEP_GET: 'false' }, json);
  expect(json).toEqual({ results: {} });
});

test('every number, flag and text can be set by its variable alone', () => {
  const leaves = configProperties(connectorSchema).filter(
    ({ node }) => node.properties === undefined && node.default !== undefined,
  );
  assertProperty(
    fc.property(fc.constantFrom(...leaves), (leaf) => {
      const text =
        typeof leaf.node.default === 'string' ? leaf.node.default : JSON.stringify(leaf.node.default);
      const { findings, setBy } = apply({ [leaf.variable]: text });
      expect(findings).toEqual([]);
      expect([...setBy.keys()]).toEqual([leaf.pointer]);
    }),
  );
});
