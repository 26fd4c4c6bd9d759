import { describe, expect, it } from '@jest/globals';
import { keyVerifier } from '../../../src/connid-server/session/keys.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { guarded } from '../wire-values.js';

const keys = ['canary-first-key', 'canary-second-key'].map((key) => new GuardedString(key));

describe('a key', () => {
  it('is known by its place in the configuration', () => {
    const keyOf = keyVerifier(keys);
    expect(keyOf(guarded('canary-first-key'))).toBe('key 1');
    expect(keyOf(guarded('canary-second-key'))).toBe('key 2');
  });

  it('is wrong if it differs, is empty or cannot be decrypted', () => {
    const keyOf = keyVerifier(keys);
    expect(keyOf(guarded('canary-first-kez'))).toBeUndefined();
    expect(keyOf(guarded(''))).toBeUndefined();
    expect(keyOf({ kind: 'GuardedString', value: Uint8Array.of(1, 2, 3) })).toBeUndefined();
    expect(keyVerifier([])(guarded(''))).toBeUndefined();
  });
});
