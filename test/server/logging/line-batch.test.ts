import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { batchedOutput } from '../../../src/server/logging/line-batch.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A batch, and the writes that reached its stream. */
function start() {
  const writes: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (piece: Buffer) => writes.push(String(piece)));
  return { ...batchedOutput(stream), writes };
}

it('joins lines of a short time', () => {
  const { relaxed, writes } = start();
  relaxed.write('one\n');
  relaxed.write('two\n');
  expect(writes).toEqual([]);
  jest.advanceTimersByTime(20);
  relaxed.write('three\n');
  jest.advanceTimersByTime(20);
  expect(writes).toEqual(['one\ntwo\n', 'three\n']);
});

it('writes lines that must not be lost before the call returns, after the lines that wait', () => {
  const { immediate, relaxed, writes } = start();
  relaxed.write('operation\n');
  immediate.write('audit\n');
  expect(writes).toEqual(['operation\naudit\n']);
  jest.advanceTimersByTime(1000);
  expect(writes).toHaveLength(1);
});

it('does not wait with many characters', () => {
  const { relaxed, writes } = start();
  for (let count = 0; count < 17; count += 1) relaxed.write(`${'x'.repeat(1023)}\n`);
  expect(writes.map(({ length }) => length)).toEqual([16 * 1024]);
});

it('writes what waits when the process ends', () => {
  const { flush, relaxed, writes } = start();
  relaxed.write('last\n');
  flush();
  flush();
  expect(writes).toEqual(['last\n']);
});
