import { describe, expect, it } from '@jest/globals';
import { createCatalogue } from '../../../src/zoom/kit/catalogue.js';
import { fakeSession } from '../../support/fake-session.js';

function countingCatalogue() {
  const state = { reads: 0, now: 0, fails: false };
  const catalogue = createCatalogue(
    async (session) => {
      state.reads += 1;
      const mine = state.reads;
      await session.send({} as never);
      if (state.fails) throw new Error('unreachable');
      return mine;
    },
    () => state.now,
  );
  return { catalogue, state };
}

const session = () => fakeSession(() => undefined);

describe('a catalogue', () => {
  it('is read once for all who wait for it and those who come later', async () => {
    const { catalogue, state } = countingCatalogue();
    const both = await Promise.all([catalogue.get(session()), catalogue.get(session())]);
    expect([...both, await catalogue.get(session())]).toEqual([1, 1, 1]);
    expect(state.reads).toBe(1);
  });

  it('is read again when its time is over', async () => {
    const { catalogue, state } = countingCatalogue();
    await catalogue.get(session());
    state.now = 600_000;
    expect(await catalogue.get(session())).toBe(2);
  });

  it('is read again when it does not suffice, once per operation', async () => {
    const { catalogue, state } = countingCatalogue();
    await catalogue.get(session());
    const operation = session();
    expect(await catalogue.get(operation, () => false)).toBe(2);
    expect(await catalogue.get(operation, () => false)).toBe(2);
    expect(state.reads).toBe(2);
  });

  it('is read anew when the operation that was reading it failed', async () => {
    const { catalogue, state } = countingCatalogue();
    state.fails = true;
    const failing = catalogue.get(session());
    const waiting = catalogue.get(session());
    await expect(failing).rejects.toThrow('unreachable');
    await expect(waiting).rejects.toThrow('unreachable');
    state.fails = false;
    expect(await catalogue.get(session())).toBe(3);
  });
});
