import { describe, expect, it } from '@jest/globals';
import { DayBudget } from '../../../../src/zoom/client/pacing/limits.js';
import { FairQueue, type Queued } from '../../../../src/zoom/client/pacing/fair-queue.js';
import { RecentMinimum } from '../../../../src/zoom/client/pacing/sliding-window.js';

const day = 86_400_000;

describe('the budget of a day', () => {
  it('is open until it is spent, and again after midnight UTC', () => {
    const budget = new DayBudget(2);
    const now = 10 * day + 5;
    budget.spend(now);
    expect(budget.openAt(now)).toBe(now);
    budget.spend(now);
    expect(budget.openAt(now)).toBe(11 * day);
    expect(budget.openAt(11 * day)).toBe(11 * day);
  });

  it('stays closed until the time Zoom names', () => {
    const budget = new DayBudget(2);
    budget.close(500);
    expect(budget.openAt(499)).toBe(500);
    expect(budget.openAt(500)).toBe(500);
  });
});

describe('the recent minimum', () => {
  it('knows nothing before it has seen enough', () => {
    const minimum = new RecentMinimum();
    for (let index = 0; index < 299; index += 1) minimum.add(60, index);
    expect(minimum.get(300)).toBe(0);
    minimum.add(50, 300);
    expect(minimum.get(301)).toBe(50);
  });

  it('forgets what is long ago', () => {
    const minimum = new RecentMinimum();
    for (let index = 0; index < 1_000; index += 1) minimum.add(10, index);
    for (let index = 0; index < 1_000; index += 1) minimum.add(80, 1_000 + index);
    expect(minimum.get(2_000)).toBe(80);
    expect(minimum.get(200_000)).toBe(0);
  });
});

describe('the fair queue', () => {
  const item = (owner: string, writes = false): Queued => ({ owner, writes });
  const drain = (queue: FairQueue<Queued>, writesOnly = false): string[] => {
    const order: string[] = [];
    for (let next = queue.peek(writesOnly); next !== undefined; next = queue.peek(writesOnly)) {
      queue.take(next);
      order.push(next.owner);
    }
    return order;
  };

  it('serves operations in turn', () => {
    const queue = new FairQueue<Queued>();
    ['import', 'import', 'import', 'get', 'import', 'get'].forEach((owner) => queue.push(item(owner)));
    expect(drain(queue)).toEqual(['import', 'get', 'import', 'get', 'import', 'import']);
  });

  it('serves writes and reads in turn', () => {
    const queue = new FairQueue<Queued>();
    ['r1', 'r2', 'r3'].forEach((owner) => queue.push(item(owner)));
    ['w1', 'w2'].forEach((owner) => queue.push(item(owner, true)));
    expect(drain(queue)).toEqual(['w1', 'r1', 'w2', 'r2', 'r3']);
  });

  it('gives only writes when asked to', () => {
    const queue = new FairQueue<Queued>();
    queue.push(item('r'));
    queue.push(item('w', true));
    expect(drain(queue, true)).toEqual(['w']);
    expect(queue.length).toBe(1);
  });

  it('tells how many would be served before', () => {
    const queue = new FairQueue<Queued>();
    for (let index = 0; index < 100; index += 1) queue.push(item('import'));
    expect(queue.ahead(item('import'))).toBe(100);
    expect(queue.ahead(item('get'))).toBe(1);
    expect(queue.ahead(item('create', true))).toBe(1);
  });

  it('forgets those who leave', () => {
    const queue = new FairQueue<Queued>();
    const [first, second] = [item('a'), item('a')];
    queue.push(first);
    queue.push(second);
    queue.remove(first);
    queue.remove(first);
    expect(queue.length).toBe(1);
    expect(queue.peek(false)).toBe(second);
    queue.remove(second);
    expect(queue.peek(false)).toBeUndefined();
  });
});
