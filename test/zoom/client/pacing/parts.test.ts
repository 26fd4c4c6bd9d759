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
  const item = (operation: string, kind: Queued['kind'] = 'read', caller = ''): Queued => ({
    kind,
    caller,
    operation,
  });
  const any = (): boolean => true;
  const writesOnly = (kind: Queued['kind']): boolean => kind === 'write';
  const queueOf = (...items: readonly Queued[]): FairQueue<Queued> => {
    const queue = new FairQueue<Queued>();
    for (const queued of items) queue.push(queued);
    return queue;
  };
  const drain = (queue: FairQueue<Queued>, mayRun: (kind: Queued['kind']) => boolean = any): unknown[] => {
    const order: unknown[] = [];
    for (let next = queue.peek(mayRun); next !== undefined; next = queue.peek(mayRun)) {
      queue.take(next);
      order.push(next.operation);
    }
    return order;
  };

  it('serves operations in turn', () => {
    const names = ['import', 'import', 'import', 'get', 'import', 'get'];
    const queue = queueOf(...names.map((name) => item(name)));
    expect(drain(queue)).toEqual(['import', 'get', 'import', 'get', 'import', 'import']);
  });

  it('serves callers in turn, however many operations each has', () => {
    const many = ['a1', 'a2', 'a3'].map((name) => item(name, 'read', 'a'));
    const queue = queueOf(...many, item('b1', 'read', 'b'), item('b1', 'read', 'b'), item('b2', 'read', 'b'));
    expect(drain(queue)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b1']);
  });

  it('serves writes and reads in turn', () => {
    const reads = ['r1', 'r2', 'r3'].map((name) => item(name));
    const queue = queueOf(...reads, item('w1', 'write'), item('w2', 'write'));
    expect(drain(queue)).toEqual(['w1', 'r1', 'w2', 'r2', 'r3']);
  });

  it('serves bulk after all others, but one in ten', () => {
    const reads = Array.from({ length: 12 }, (_, index) => item(`r${index}`));
    const queue = queueOf(item('b', 'bulk'), item('b', 'bulk'), item('b', 'bulk'), ...reads);
    const order = drain(queue);
    expect(order.indexOf('b')).toBe(9);
    expect(order.slice(-2)).toEqual(['b', 'b']);
  });

  it('gives only what may run', () => {
    const queue = queueOf(item('r'), item('b', 'bulk'), item('w', 'write'));
    expect(drain(queue, writesOnly)).toEqual(['w']);
    expect(queue.length).toBe(2);
  });

  it('says how many would be served before', () => {
    const queue = queueOf(...Array.from({ length: 100 }, () => item('import', 'bulk')));
    queue.push(item('other get'));
    expect(queue.ahead(item('import', 'bulk'))).toBe(101);
    expect(queue.ahead(item('other import', 'bulk'))).toBe(2);
    expect(queue.ahead(item('get'))).toBe(1);
    expect(queue.ahead(item('create', 'write'))).toBe(1);
    expect(queueOf().ahead(item('get'))).toBe(0);
  });

  it('forgets those who leave', () => {
    const [first, second] = [item('a'), item('a')];
    const queue = queueOf(first, second);
    queue.remove(first);
    queue.remove(first);
    expect(queue.length).toBe(1);
    expect(queue.peek(any)).toBe(second);
    queue.remove(second);
    expect(queue.peek(any)).toBeUndefined();
  });
});
