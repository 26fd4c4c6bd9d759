import { describe, expect, it } from '@jest/globals';
import type { FoundObject } from '../../../src/connector/object-class/found-object.js';
import { PendingIds } from '../../../src/zoom/user/pending-ids.js';

const [id, otherId] = ['jillAAAAAAAAAAAAAAAAAA', 'jillBBBBBBBBBBBBBBBBBB'];

/** A row of the list of pending users. */
const row = (created_at?: string, name = 'Jill@example.com'): FoundObject => ({
  uid: name.toLowerCase(),
  name,
  records: new Map([['userList', { email: name, created_at }]]),
});

const [then, later] = ['2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z'];

function remembering(uid: string, first = row(then)) {
  let time = 0;
  const ids = new PendingIds(() => time);
  ids.learn(first, uid);
  return { ids, wait: (ms: number) => (time += ms) };
}

describe('the uid of a pending user', () => {
  it('is remembered for the rows of the same invitation, in any spelling of the address', () => {
    const { ids } = remembering(id);
    expect(ids.uidOf(row(then))).toBe(id);
    expect(ids.uidOf(row(then, 'JILL@EXAMPLE.COM'))).toBe(id);
    expect(ids.uidOf(row(then, 'jack@example.com'))).toBeUndefined();
  });

  it('is unknown when the person was invited again, until that is learnt', () => {
    const { ids } = remembering(id);
    expect(ids.uidOf(row(later))).toBeUndefined();
    ids.learn(row(later), otherId);
    expect([ids.uidOf(row(later)), ids.uidOf(row(then))]).toEqual([otherId, undefined]);
  });

  it('is not remembered where the list shows no creation time', () => {
    const { ids } = remembering(id, row());
    expect(ids.uidOf(row())).toBeUndefined();
    ids.learn(row(then), id);
    ids.learn(row(), otherId);
    expect(ids.uidOf(row(then))).toBeUndefined();
  });

  it.each([
    ['another id', otherId],
    ['no id any more', 'jill@example.com'],
    ['nobody', undefined],
  ])('is forgotten when Zoom shows %s', (_, shown) => {
    const { ids } = remembering(id);
    ids.compare('JILL@example.com', shown);
    expect(ids.uidOf(row(then))).toBeUndefined();
  });

  it('stays when Zoom shows the same one, or somebody else', () => {
    const { ids } = remembering(id);
    ids.compare('jill@example.com', id);
    ids.compare('jack@example.com', undefined);
    expect(ids.uidOf(row(then))).toBe(id);
  });

  it('is read again after a day if Zoom showed no id, and never otherwise', () => {
    const day = 24 * 60 * 60_000;
    const without = remembering('jill@example.com');
    without.wait(day - 1);
    expect(without.ids.uidOf(row(then))).toBe('jill@example.com');
    without.wait(1);
    expect(without.ids.uidOf(row(then))).toBeUndefined();
    const { ids, wait } = remembering(id);
    wait(1000 * day);
    expect(ids.uidOf(row(then))).toBe(id);
  });

  it('is remembered for 50,000 users, those that were used last', () => {
    const { ids } = remembering(id);
    const address = (index: number) => `user${index}@example.com`;
    for (let index = 0; index < 49_999; index += 1) ids.learn(row(then, address(index)), `id${index}`);
    expect(ids.uidOf(row(then))).toBe(id);
    ids.learn(row(then, 'one more@example.com'), otherId);
    expect(ids.uidOf(row(then))).toBe(id);
    expect(ids.uidOf(row(then, address(0)))).toBeUndefined();
    expect(ids.uidOf(row(then, address(1)))).toBe('id1');
  });
});
