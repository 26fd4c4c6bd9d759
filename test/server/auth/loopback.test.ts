import { describe, expect, it } from '@jest/globals';

import {
  assertBindable,
  assertLocalOrigin,
  assertOwnHost,
  isLoopback,
} from '../../../src/server/auth/loopback.js';

describe('isLoopback', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
  ])('takes %s for this computer', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.1',
    '128.0.0.1',
    '127.evil.example',
    'localhost.evil.example',
    '::11',
    'fe80::1',
    '1::1',
    '',
  ])('does not take %j for it', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('assertBindable', () => {
  it('allows loopback without authentication and everything with it', () => {
    expect(() => assertBindable('127.0.0.1', false)).not.toThrow();
    expect(() => assertBindable('0.0.0.0', true)).not.toThrow();
  });

  it('refuses the network without authentication', () => {
    expect(() => assertBindable('0.0.0.0', false)).toThrow(
      'Without authentication the service listens on the loopback interface only, not on 0.0.0.0.',
    );
  });
});

describe('assertLocalOrigin', () => {
  it.each([undefined, 'http://localhost:8080', 'http://127.0.0.1', 'https://[::1]:8443'])(
    'lets %s pass',
    (origin) => {
      expect(() => assertLocalOrigin(origin)).not.toThrow();
    },
  );

  it.each(['http://evil.example', 'null', '', 'http://localhost.evil.example'])('refuses %j', (origin) => {
    expect(() => assertLocalOrigin(origin)).toThrow('another site');
  });
});

describe('assertOwnHost', () => {
  it.each([
    undefined,
    'localhost',
    'LocalHost:8080',
    '127.0.0.1',
    '127.0.0.1:8080',
    '[::1]:8080',
    '10.244.1.7:8080',
    '[fd00::7]',
  ])('lets %s pass: no page can let it resolve to this computer', (host) => {
    expect(() => assertOwnHost(host)).not.toThrow();
  });

  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@127.0.0.1',
    '127.0.0.1:8080, evil.example',
    '[::1].evil.example',
    '[evil.example]',
    '0x7f.1',
    '2130706433',
    '::1',
    '',
    ':8080',
  ])('refuses %j', (host) => {
    expect(() => assertOwnHost(host)).toThrow('another host');
  });
});
