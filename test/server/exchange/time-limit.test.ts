import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { ConnectorError } from '../../../src/connid/errors.js';
import { settled, startDeadline } from '../../../src/server/exchange/running-operations.js';

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

describe('settled', () => {
  const abort = (): AbortController => new AbortController();
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is the outcome of the work', async () => {
    const { signal } = abort();
    await expect(settled(Promise.resolve(1), signal, 100)).resolves.toBe(1);
    await expect(settled(Promise.reject(new Error('own')), signal, 100)).rejects.toThrow('own');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('fails with the deadline when the work does not react within the grace period', async () => {
    const controller = abort();
    startDeadline(controller, 1000);
    const outcome = settled(never(), controller.signal, 100).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1099);
    expect(controller.signal.aborted).toBe(true);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome).toMatchObject({
      kind: 'timeout',
      message: 'The operation did not finish within 1000 ms.',
    });
  });

  it('lets the work say itself how far it came', async () => {
    const controller = abort();
    startDeadline(controller, 1000);
    const own = new ConnectorError('timeout', 'Half done.', { applied: ['A'], notApplied: ['B'] });
    const work = new Promise((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => void setTimeout(() => reject(own), 50));
    });
    const outcome = settled(work, controller.signal, 100).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1050);
    expect(await outcome).toBe(own);
  });

  it('takes a bare abort error for the reason of the abort', async () => {
    const controller = abort();
    controller.abort(new ConnectorError('retryable', 'The service is shutting down.'));
    const work = Promise.reject(new DOMException('aborted', 'AbortError'));
    await expect(settled(work, controller.signal, 100)).rejects.toThrow('shutting down');
  });

  it('keeps a late success', async () => {
    const controller = abort();
    startDeadline(controller, 1000);
    const work = new Promise((resolve) => setTimeout(() => resolve('done'), 1050));
    const outcome = settled(work, controller.signal, 100);
    await jest.advanceTimersByTimeAsync(1050);
    expect(await outcome).toBe('done');
  });

  it('makes an error of whatever was thrown', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the case tested
    await expect(settled(Promise.reject('text'), abort().signal, 1)).rejects.toBeInstanceOf(Error);
  });
});
