import { describe, expect, it } from '@jest/globals';
import { openText, sealText } from '../../../src/connid-server/codec/guarded.js';
import { WireError } from '../../../src/connid-server/codec/wire-value.js';

describe('a guarded string', () => {
  it('has the bytes that Java gives it', () => {
    const sealed = Buffer.from(sealText('changeit')).toString('hex');
    expect(sealed).toBe('b550c0ed83b018c1690951e47183093aac9287aee4d907c98935a635fa85a24a');
  });

  it.each(['', 'a', 'P@ssw0rd€', '𝒵'])('is opened again: %j', (text) => {
    expect(openText(sealText(text))).toBe(text);
  });

  it.each([[[]], [[1, 2, 3]], [Array<number>(16).fill(0)]])('cannot be other bytes', (bytes) => {
    expect(() => openText(Uint8Array.from(bytes))).toThrow(WireError);
  });
});
