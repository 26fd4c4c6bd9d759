import { describe, expect, it } from '@jest/globals';
import type { FoundObject } from '../../../src/connector/object-class/found-object.js';
import type { Session } from '../../../src/connector/object-class/call.js';
import { PendingIds } from '../../../src/zoom/user/pending-ids.js';
import { createPendingUsers } from '../../../src/zoom/user/pending-users.js';
import { fakeSession } from '../../support/fake-session.js';

const jill: FoundObject = { uid: 'jillAAAAAAAAAAAAAAAAAA', name: 'jill@example.com', records: new Map() };

interface Walk {
  readonly resolve: (user: FoundObject) => void;
  readonly reject: (error: Error) => void;
}

/** Pending users whose list is read when a test says so, and may fail then. */
function pendingUsers() {
  const walks: Walk[] = [];
  let time = 0;
  async function* walk(): AsyncGenerator<FoundObject, void, void> {
    yield await new Promise<FoundObject>((resolve, reject) => walks.push({ resolve, reject }));
  }
  const pending = createPendingUsers(
    { listed: walk, identified: walk, others: walk },
    new PendingIds(() => time),
    () => time,
  );
  return { pending, walks, wait: (ms: number) => (time += ms) };
}

const session = (): Session => fakeSession(() => undefined);

describe('the address under which an id was pending', () => {
  it('is looked for once, however many ask', async () => {
    const { pending, walks } = pendingUsers();
    const answers = ['nobody', jill.uid, 'nobody'].map((uid) => pending.addressOf(uid, session()));
    walks[0]?.resolve(jill);
    expect(await Promise.all(answers)).toEqual([undefined, jill.name, undefined]);
    expect(walks).toHaveLength(1);
  });

  it('is looked for anew when the operation that began it ends early', async () => {
    const { pending, walks } = pendingUsers();
    const first = pending.addressOf(jill.uid, session());
    const second = pending.addressOf(jill.uid, session());
    walks[0]?.reject(new Error('the caller of the first went away'));
    await expect(first).rejects.toThrow('went away');
    await new Promise(setImmediate);
    walks[1]?.resolve(jill);
    expect(await second).toBe(jill.name);
  });

  it('is looked for again after a minute at the earliest', async () => {
    const { pending, walks, wait } = pendingUsers();
    const ask = () => {
      const answer = pending.addressOf('nobody', session());
      walks.at(-1)?.resolve(jill);
      return answer;
    };
    await ask();
    await ask();
    expect(walks).toHaveLength(1);
    wait(60_000);
    await ask();
    expect(walks).toHaveLength(2);
  });
});
