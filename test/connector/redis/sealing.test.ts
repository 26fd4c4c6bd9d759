import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sealing } from '../../../src/connector/redis/sealing.js';
import { assertProperty } from '../../support/assert-property.js';

const sealing = new Sealing('canary of the application', 'account');

describe('sealed values', () => {
  it('open as what they were, long and short', async () => {
    const values = fc.oneof(fc.jsonValue(), fc.bigInt(), fc.string({ minLength: 5000, maxLength: 9000 }));
    await assertProperty(
      fc.asyncProperty(values, async (value) => {
        expect(await sealing.open(await sealing.seal(value, 'key'), 'key')).toEqual(value);
      }),
    );
  });

  it('are different each time and show nothing', async () => {
    const [one, two] = [await sealing.seal('canary', 'key'), await sealing.seal('canary', 'key')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').includes('canary')).toBe(false);
  });

  it('open neither elsewhere, nor with another secret or account', async () => {
    const sealed = await sealing.seal('value', 'key');
    expect(await sealing.open(sealed, 'other key')).toBeUndefined();
    for (const other of [
      new Sealing('other', 'account'),
      new Sealing('canary of the application', 'other'),
    ]) {
      expect(await other.open(sealed, 'key')).toBeUndefined();
      expect(other.name).not.toBe(sealing.name);
    }
  });

  it('open not at all when a single bit was changed', async () => {
    const bytes = Buffer.from(await sealing.seal({ a: [1, 2, 3] }, 'key'), 'base64');
    await assertProperty(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const damaged = Buffer.from(bytes);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await sealing.open(damaged.toString('base64'), 'key')).toBeUndefined();
      }),
    );
    for (const text of [undefined, null, 7, '', 'AAAA'])
      expect(await sealing.open(text, 'key')).toBeUndefined();
  });
});
