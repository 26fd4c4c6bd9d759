import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '../../../src/connid/errors.js';
import { createTokenSource } from '../../../src/zoom/client/token-source.js';
import type { Token } from '../../../src/zoom/client/token-answer.js';

const { signal } = new AbortController();

function source(
  fetches: (() => Promise<Token>)[],
  time: { now: number },
): ReturnType<typeof createTokenSource> {
  return createTokenSource(
    () => fetches.shift()?.() ?? Promise.reject(new Error('one fetch too many')),
    () => time.now,
  );
}

const token = (value: string, time = 0): (() => Promise<Token>) => {
  return () => Promise.resolve({ value, scopes: [], renewAt: time + 90, expiresAt: time + 100 });
};
const failure = (): Promise<Token> => Promise.reject(new Error('no token'));

describe('the token source', () => {
  it('fetches once for all who wait, and again when it is time', async () => {
    const time = { now: 0 };
    const tokens = source([token('a'), token('b', 90)], time);
    const all = await Promise.all([tokens.get(signal), tokens.get(signal), tokens.get(signal)]);
    expect(all.map(({ value }) => value)).toEqual(['a', 'a', 'a']);
    time.now = 89;
    expect((await tokens.get(signal)).value).toBe('a');
    time.now = 90;
    expect((await tokens.get(signal)).value).toBe('b');
  });

  it('forgets a refused token only if it is still the one in use', async () => {
    const tokens = source([token('a'), token('b')], { now: 0 });
    await tokens.get(signal);
    tokens.drop('a');
    expect((await tokens.get(signal)).value).toBe('b');
    tokens.drop('a');
    expect((await tokens.get(signal)).value).toBe('b');
  });

  it('lives on with a token that still holds when the renewal fails', async () => {
    const time = { now: 0 };
    const tokens = source([token('a'), failure], time);
    await tokens.get(signal);
    time.now = 95;
    expect((await tokens.get(signal)).value).toBe('a');
  });

  it('fails when there is no token, and tries anew the next time', async () => {
    const tokens = source([failure, token('a')], { now: 0 });
    await expect(tokens.get(signal)).rejects.toThrow('no token');
    expect((await tokens.get(signal)).value).toBe('a');
  });

  it('asks nobody who has said when to ask again, until then', async () => {
    const time = { now: 0 };
    const limit = new ConnectorError('retryable', 'too many', { retryAfter: 30 });
    const tokens = source([() => Promise.reject(limit), token('a')], time);
    for (time.now = 0; time.now < 30_000; time.now += 10_000) {
      await expect(tokens.get(signal)).rejects.toBe(limit);
    }
    expect((await tokens.get(signal)).value).toBe('a');
  });

  it('lives on with a token that still holds while nobody is to be asked, and no longer', async () => {
    const time = { now: 0 };
    const limit = new ConnectorError('retryable', 'too many', { retryAfter: 30 });
    const long = { value: 'a', scopes: [], renewAt: 1_000, expiresAt: 20_000 };
    const tokens = source(
      [() => Promise.resolve(long), () => Promise.reject(limit), token('b', 31_000)],
      time,
    );
    for (time.now = 0; time.now < 20_000; time.now += 1_000) {
      expect((await tokens.get(signal)).value).toBe('a');
    }
    await expect(tokens.get(signal)).rejects.toBe(limit);
    time.now = 31_000;
    expect((await tokens.get(signal)).value).toBe('b');
  });

  it('lets one waiter go without ending the fetch for the others', async () => {
    let give: (token: Token) => void = () => undefined;
    const tokens = source([() => new Promise((resolve) => (give = resolve))], { now: 0 });
    const gone = new AbortController();
    const first = tokens.get(gone.signal);
    const second = tokens.get(signal);
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    give({ value: 'a', scopes: [], renewAt: 90, expiresAt: 100 });
    expect((await second).value).toBe('a');
  });
});
