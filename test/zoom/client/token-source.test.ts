import { describe, expect, it } from '@jest/globals';
import { createTokenSource } from '../../../src/zoom/client/token-source.js';
import type { Token } from '../../../src/zoom/client/token-answer.js';

const { signal } = new AbortController();

function source(
  fetches: (() => Promise<Token>)[],
  time: { now: number },
): ReturnType<typeof createTokenSource> {
  return createTokenSource(() => fetches.shift()?.() ?? Promise.reject(new Error('one fetch too many')), {
    now: () => time.now,
    sleep: () => Promise.resolve(),
  });
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

  it('requests a fresh token while one is valid, and keeps that one when there is none', async () => {
    const tokens = source([token('a'), token('b'), failure], { now: 0 });
    await tokens.get(signal);
    expect((await tokens.fresh(signal)).value).toBe('b');
    await expect(tokens.fresh(signal)).rejects.toThrow('no token');
    expect((await tokens.get(signal)).value).toBe('b');
  });

  it('replaces a token that lacks a scope at most once a minute, for all who are refused', async () => {
    const time = { now: 0 };
    const later = (value: string) => () =>
      Promise.resolve({ value, scopes: [], renewAt: 1e6, expiresAt: 2e6 });
    const tokens = source([later('a'), later('b'), later('c')], time);
    await tokens.get(signal);
    const refused = [1, 2, 3].map(() => tokens.replace('a', signal));
    expect(await Promise.all(refused)).toEqual([true, true, true]);
    expect(await tokens.replace('a', signal)).toBe(true);
    time.now = 59_999;
    expect(await tokens.replace('b', signal)).toBe(false);
    time.now = 60_000;
    expect(await tokens.replace('b', signal)).toBe(true);
    expect((await tokens.get(signal)).value).toBe('c');
  });

  it('has no other token for a scope when none is issued, or the same one again', async () => {
    const time = { now: 0 };
    const same = () => Promise.resolve({ value: 'a', scopes: [], renewAt: 1e6, expiresAt: 2e6 });
    const tokens = source([same, failure, same], time);
    await tokens.get(signal);
    expect(await tokens.replace('a', signal)).toBe(false);
    time.now = 60_000;
    expect(await tokens.replace('a', signal)).toBe(false);
    expect((await tokens.get(signal)).value).toBe('a');
  });

  it('does not make others wait for a token that is requested for a scope', async () => {
    let give: (token: Token) => void = () => undefined;
    const tokens = source([token('a'), () => new Promise((resolve) => (give = resolve))], { now: 0 });
    await tokens.get(signal);
    const gone = new AbortController();
    const first = tokens.replace('a', gone.signal);
    expect((await tokens.get(signal)).value).toBe('a');
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    give({ value: 'b', scopes: [], renewAt: 90, expiresAt: 100 });
    expect(await tokens.replace('a', signal)).toBe(true);
  });
});
