import { describe, expect, it } from '@jest/globals';
import { createMemoryLock } from '../../../src/connector/memory/lock.js';

const { signal } = new AbortController();

/** Work that ends when it is told to. */
function piece(name: string, log: string[]): { work: () => Promise<string>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async (): Promise<string> => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end };
}

describe('the lock of one process', () => {
  it('runs work under one key in order, and under others at the same time', async () => {
    const lock = createMemoryLock();
    const log: string[] = [];
    const [a, b, c] = [piece('a', log), piece('b', log), piece('c', log)];
    const runs = [
      lock.run('x', a.work, signal),
      lock.run('x', b.work, signal),
      lock.run('y', c.work, signal),
    ];
    for (const { end } of [c, b, a]) end();
    expect(await Promise.all(runs)).toEqual(['a', 'b', 'c']);
    expect(log.indexOf('b begins')).toBeGreaterThan(log.indexOf('a ends'));
    expect(log.indexOf('c begins')).toBeLessThan(log.indexOf('a ends'));
  });

  it('lets who gives up go at once, and still nobody in before it is free', async () => {
    const lock = createMemoryLock();
    const log: string[] = [];
    const [a, c] = [piece('a', log), piece('c', log)];
    const gone = new AbortController();
    const first = lock.run('x', a.work, signal);
    const second = lock.run('x', () => Promise.reject(new Error('never begun')), gone.signal);
    const third = lock.run('x', c.work, signal);
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect(log).toEqual(['a begins']);
    a.end();
    c.end();
    await Promise.all([first, third]);
    expect(log).toEqual(['a begins', 'a ends', 'c begins', 'c ends']);
  });

  it('goes on after work that fails, and begins none for who has gone already', async () => {
    const lock = createMemoryLock();
    await expect(lock.run('x', () => Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
    const begun: string[] = [];
    const late = lock.run(
      'x',
      () => Promise.resolve(begun.push('late')),
      AbortSignal.abort(new Error('gone')),
    );
    await expect(late).rejects.toThrow('gone');
    expect(await lock.run('x', () => Promise.resolve('next'), signal)).toBe('next');
    expect(begun).toEqual([]);
  });
});
