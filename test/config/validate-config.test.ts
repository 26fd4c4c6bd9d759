import { describe, expect, test } from '@jest/globals';
import { validateConfig } from '../../src/config/validate-config.js';
import { real, simulated } from './load.js';

function problem(path: string, message: string): unknown {
  return { valid: false, errors: [{ path, message }] };
}

test('a complete configuration is valid although its secret cannot be found', () => {
  expect(validateConfig(real)).toEqual({ valid: true, errors: [] });
});

test('the configuration given is not changed', () => {
  const json = structuredClone(simulated);
  validateConfig(json);
  expect(json).toEqual(simulated);
});

describe('unknown properties come with a suggestion', () => {
  test.each([
    ['of the same group', { results: { deepget: true } }, '/results/deepget', 'deepGet'],
    ['of another group', { deepGet: true }, '/deepGet', 'results.deepGet'],
    ['after a slip', { server: { prot: 80 } }, '/server/prot', 'port'],
    [
      'inside a secret',
      { security: { scim: { bearerToken: { fil: 'x' } } } },
      '/security/scim/bearerToken/fil',
      'file',
    ],
  ])('%s', (_case, json, path, suggestion) => {
    const message = `Unknown property. Did you mean "${suggestion}"?`;
    expect(validateConfig({ ...simulated, ...json })).toEqual(problem(path, message));
  });

  test('unless nothing is near', () => {
    expect(validateConfig({ ...simulated, zzz: 1 })).toEqual(problem('', 'The name of member 2 is unknown.'));
  });

  test('also when they are called like parts of the language', () => {
    const json = JSON.parse('{"service": {"target": "simulator"}, "__proto__": {}}') as unknown;
    expect(validateConfig(json)).toEqual(problem('', 'The name of member 2 is unknown.'));
  });
});

describe('a sentence says what is expected', () => {
  const sha256 = 'a'.repeat(64);
  test.each([
    [{ rest: { ioErrorRetries: 101 } }, '/rest/ioErrorRetries', 'Must be at most 100.'],
    // Node's timers fire at once for what is longer than they can run.
    [{ rest: { operationTimeoutMs: 2 ** 31 } }, '/rest/operationTimeoutMs', 'Must be at most 2147483647.'],
    [{ rest: { ioErrorRetries: 1.5 } }, '/rest/ioErrorRetries', 'Must be a whole number, not a number.'],
    [
      { results: { importBatchSize: 2001 } },
      '/results/importBatchSize',
      'Must be "auto" or a whole number from 0 to 2000.',
    ],
    [{ results: { deepGet: 'true' } }, '/results/deepGet', 'Must be true or false, not text.'],
    [{ results: [] }, '/results', 'Must be an object, not a list.'],
    [{ rateLimit: { share: 0 } }, '/rateLimit/share', 'Must be more than 0.'],
    [{ rateLimit: { plan: 'gold' } }, '/rateLimit/plan', 'Must be "pro", "free", "business" or "none".'],
    [
      { service: { ...simulated.service, scimUrl: 'zoom.us' } },
      '/service/scimUrl',
      'Must be a URL that begins with https:// or http://.',
    ],
    [{ custom: { accountId: '' } }, '/custom/accountId', 'Must not be empty.'],
    [{ custom: { transferOnDelete: { notes: true } } }, '/custom/transferOnDelete/email', 'Is missing.'],
    [
      { custom: { attributeNames: { dept: 'X' } } },
      '/custom/attributeNames',
      'The name of member 1 must be an attribute name in upper-case letters, digits and underscores.',
    ],
    [
      { custom: { customAttributes: [{ name: 'Badge', attribute: 'BADGE' }] } },
      '/custom/customAttributes/0/attribute',
      'Must be CUSTOM_ followed by upper-case letters, digits and underscores.',
    ],
    [
      { server: { authentication: { bearerTokens: [{ name: 'idm', sha256, scopes: ['read', 'read'] }] } } },
      '/server/authentication/bearerTokens/0/scopes',
      'Must not list anything twice.',
    ],
    [
      { security: { scim: { bearerToken: {} } } },
      '/security/scim/bearerToken',
      'Must refer to a secret: {"env": "NAME"} or {"file": "PATH"}.',
    ],
    [
      { security: { scim: { bearerToken: { env: 'A', file: 'b' } } } },
      '/security/scim/bearerToken',
      'Must refer to one place only: {"env": "NAME"} or {"file": "PATH"}.',
    ],
  ])('%j', (json, path, message) => {
    expect(validateConfig({ ...simulated, ...json })).toEqual(problem(path, message));
  });

  test('about the whole when it is no object', () => {
    expect(validateConfig([])).toEqual(problem('', 'Must be an object, not a list.'));
  });

  test('without the value, which may be a secret in the wrong place', () => {
    const json = { service: { target: 'hush' }, server: { port: 'hush' }, custom: { accountId: ['hush'] } };
    expect(JSON.stringify(validateConfig(json))).not.toContain('hush');
  });
});

describe('faults of the simulator', () => {
  const withFault = (fault: unknown): unknown => ({ ...simulated, simulator: { faults: [fault] } });

  test.each([
    { action: { kind: 'status', status: 503, body: { code: 1 }, headers: { 'Retry-After': '1' } } },
    { match: { method: 'GET', path: '/users/{userId}', nth: 2 }, action: { kind: 'drop', when: 'after' } },
    { action: { kind: 'truncate' } },
  ])('may be %j', (fault) => {
    expect(validateConfig(withFault(fault))).toEqual({ valid: true, errors: [] });
  });

  test.each([
    [{ action: { kind: 'explode' } }, '', 'Must have a known "kind".'],
    [{ action: { kind: 'delay' } }, '/ms', 'Is missing.'],
    [{ action: { kind: 'drop', when: 'now' } }, '/when', 'Must be "before" or "after".'],
  ])('may not be %j, and only its own kind is explained', (fault, member, message) => {
    expect(validateConfig(withFault(fault))).toEqual(problem(`/simulator/faults/0/action${member}`, message));
  });

  test('come with a latency that is a number or a range', () => {
    const withLatency = (latencyMs: unknown): unknown => ({ ...simulated, simulator: { latencyMs } });
    expect(validateConfig(withLatency({ min: 50, max: 150 })).valid).toBe(true);
    expect(validateConfig(withLatency({ min: 50 }))).toEqual(
      problem('/simulator/latencyMs', 'Must be a whole number, or an object with min and max.'),
    );
  });
});
