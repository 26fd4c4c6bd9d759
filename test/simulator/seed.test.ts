import { describe, expect, it } from '@jest/globals';
import { createSimulator } from '../../src/simulator/simulator.js';

describe('The seeded account', () => {
  it('is the same for the same seed and another for another one', () => {
    const ids = (seed: number): string[] =>
      [...createSimulator({ users: 50, seed }).state.users.all()].map((user) => user.id);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
  });

  it('has exactly the users asked for, in all statuses, with an active owner', () => {
    const { users } = createSimulator({ users: 1000 }).state;
    const counts = (['active', 'inactive', 'pending'] as const).map((status) => users.list(status).length);
    expect(users.size).toBe(1000);
    expect(counts).toEqual([938, 31, 31]);
    expect(users.list('active', '0').map((user) => user.email)).toEqual(['owner@example.com']);
    expect(users.list('active', '1')).toHaveLength(2);
  });

  it('holds what uncovers encoding mistakes', () => {
    const all = [...createSimulator({ users: 300 }).state.users.all()];
    expect(all.some((user) => user.id.startsWith('-'))).toBe(true);
    expect(all.some((user) => user.id.startsWith('_'))).toBe(true);
    expect(all.some((user) => user.email.includes('+'))).toBe(true);
    expect(all.some((user) => /[^\u0020-\u007f]/.test(user.first_name))).toBe(true);
    expect(all.some((user) => user.zoom_one_type === 576460752303423488n)).toBe(true);
  });

  it('spreads users over groups: none, one and three', () => {
    const { users, groups } = createSimulator({ users: 100, groups: 20 }).state;
    const counts = new Set([...users.all()].map((user) => user.groups.length));
    expect([...counts].sort()).toEqual([0, 1, 3]);
    expect(groups.size).toBe(20);
  });

  it('starts quickly with 100,000 users', () => {
    const before = process.cpuUsage();
    createSimulator({ users: 100_000 });
    // Time of the processor, because other programs may be running, and twice what is needed.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});
