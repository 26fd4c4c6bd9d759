import { describe, expect, it } from '@jest/globals';
import { newTrace, type OperationContext } from '../../../src/connector/context.js';
import type { Target } from '../../../src/connector/object-class/call.js';
import { FakeAccount, fakeUser } from '../../support/fake-account.js';
import { searchingConnector } from '../../support/searching.js';
import { flowUntil, pass, useVirtualTime, virtualClock } from '../../support/virtual-time.js';

useVirtualTime();

const account = () => new FakeAccount(Array.from({ length: 40 }, (_, i) => fakeUser(i, 'active')));
const context = (): OperationContext => ({
  requestId: 'test',
  signal: new AbortController().signal,
  trace: newTrace(),
});

/** A target that answers after so many milliseconds, and at once when aborted. */
const slow = (target: FakeAccount, ms: number): Target => ({
  send: async (call, within) => {
    await virtualClock.sleep(ms, within.signal);
    return target.send(call, within);
  },
});

describe('a search', () => {
  it('fails when it makes no progress', async () => {
    const connector = searchingConnector(slow(account(), 90_000), { settings: { idleTimeoutMs: 60_000 } });
    const rows = connector.search({ objectClass: 'ZoomUser' }, context());
    let failure: unknown;
    rows.next().catch((thrown: unknown) => (failure = thrown));
    await pass(59_999);
    expect(failure).toBeUndefined();
    await pass(6_000);
    expect(failure).toMatchObject({ kind: 'timeout' });
  });

  it('may take its time while it makes progress, and while its caller does', async () => {
    const connector = searchingConnector(slow(account(), 300), { settings: { idleTimeoutMs: 1_000 } });
    const readAll = async (): Promise<number> => {
      let count = 0;
      for await (const object of connector.search({ objectClass: 'ZoomUser' }, context())) {
        if (count++ === 0) await virtualClock.sleep(1_200);
        expect(object.objectClass).toBe('ZoomUser');
      }
      return count;
    };
    expect(await flowUntil(readAll())).toBe(40);
  });

  it('makes progress with each call, though it finds nothing', async () => {
    const target = account();
    const connector = searchingConnector(slow(target, 150), { settings: { idleTimeoutMs: 700 } });
    const began = performance.now();
    const rows = connector.search({ objectClass: 'ZoomUser', filter: 'DEPT eq "Nowhere"' }, context());
    expect(await flowUntil(rows.next())).toMatchObject({ done: true });
    expect(performance.now() - began).toBeGreaterThan(700);
  });

  it.each([{}, { deepImport: true }])('stops calling when its caller leaves: %j', async (settings) => {
    const target = account();
    const connector = searchingConnector(slow(target, 1), { settings });
    const readOne = async (): Promise<void> => {
      for await (const object of connector.search({ objectClass: 'ZoomUser' }, context())) {
        expect(object).toBeDefined();
        break;
      }
    };
    await flowUntil(readOne());
    const calls = target.calls.length;
    await pass(1_000);
    expect(target.calls).toHaveLength(calls);
    await connector.close();
  });
});
