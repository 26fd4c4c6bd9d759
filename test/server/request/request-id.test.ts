import { describe, expect, it } from '@jest/globals';

import { requestIdFrom } from '../../../src/server/request/read-head.js';

const uuid = /^[0-9a-f-]{36}$/;

describe('requestIdFrom', () => {
  it.each(['abc-123', '1-67891233-abcdef012345678912345678', 'a'.repeat(128)])('keeps %s', (given) => {
    expect(requestIdFrom(given)).toBe(given);
  });

  it.each([undefined, '', 'a'.repeat(129), 'two words', 'a\nb', 'jill@example.com', '<script>', 'ü'])(
    'replaces %j',
    (given) => {
      expect(requestIdFrom(given)).toMatch(uuid);
    },
  );
});
