import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ZoomEndpoint } from '../../../../src/zoom/kit/endpoint-table.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';
import { type RedisConnection, type RedisServer, startRedis } from '../../../support/redis-server.js';
import { describeWithRedis } from '../../../support/with-redis.js';
import { randomFrom, ReplicaGroup } from '../../../support/replica-group.js';

const { getUser } = userEndpoints;
const heavy: ZoomEndpoint = { ...getUser, label: 'heavy' };
const limits = { pro: 30, business: 80 } as const;
const plans = ['pro', 'business'] as const;

describeWithRedis('the rate of an account', () => {
  let server: RedisServer;
  let redis: RedisConnection;

  beforeAll(async () => {
    server = await startRedis();
    redis = await server.connect();
  }, 60_000);

  afterAll(async () => {
    redis.close();
    await server.stop();
  });

  beforeEach(async () => {
    await redis.command('FLUSHALL');
  });

  describe.each(['memory', 'redis'] as const)('a single replica with its budget in %s', (kind) => {
    it.each(plans)('uses nine tenths of the rate of %s and never more than the rate', async (plan) => {
      const group = new ReplicaGroup(kind === 'redis' ? redis : undefined, randomFrom(1), plan);
      const replica = group.add(kind === 'redis');
      const began = group.clock.now();
      void group.busy(replica, getUser, began + 25_000);
      await group.pass(25_000);
      expect(group.densest(1_000)).toBeLessThanOrEqual(limits[plan]);
      expect(group.within(began + 10_000, began + 25_000)).toBeGreaterThan(0.9 * 15 * limits[plan]);
    });

    it('pauses after a 429, then goes on', async () => {
      const group = new ReplicaGroup(kind === 'redis' ? redis : undefined, randomFrom(2), 'pro');
      const replica = group.add(kind === 'redis');
      void group.busy(replica, getUser, group.clock.now() + 20_000);
      await group.pass(3_000);
      replica.pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 5_000 });
      const paused = group.clock.now();
      await group.pass(12_000);
      expect(group.within(paused + 200, paused + 5_000)).toBe(0);
      expect(group.within(paused + 5_000, paused + 12_000)).toBeGreaterThan(100);
    });

    it('shows what the day has left', async () => {
      const group = new ReplicaGroup(kind === 'redis' ? redis : undefined, randomFrom(3), 'pro');
      const replica = group.add(kind === 'redis');
      void group.call(replica, heavy);
      await group.pass(1_500);
      expect(replica.metrics.get('rest/heavy')?.()).toBe(29_999);
    });
  });

  describe('replicas that share a budget in Redis', () => {
    it.each(plans)(
      'use nine tenths of the rate of %s together, in fair parts, with few commands',
      async (plan) => {
        const group = new ReplicaGroup(redis, randomFrom(4), plan);
        const began = group.clock.now();
        const done = [0, 0, 0];
        for (const index of done.keys()) {
          const replica = group.add();
          const caller = async (): Promise<void> => {
            while (group.clock.now() < began + 25_000) {
              await group.call(replica, getUser);
              done[index] = (done[index] ?? 0) + 1;
            }
          };
          for (let caller_ = 0; caller_ < 24; caller_ += 1) void caller();
        }
        await group.pass(25_000);
        expect(group.densest(1_000)).toBeLessThanOrEqual(limits[plan]);
        expect(group.within(began + 10_000, began + 25_000)).toBeGreaterThan(0.9 * 15 * limits[plan]);
        expect(Math.min(...done)).toBeGreaterThan(0.7 * Math.max(...done));
        expect(group.commands).toBeLessThan(2 * group.counted.length);
      },
    );

    it('let a single call of one pass beside the import of another', async () => {
      const group = new ReplicaGroup(redis, randomFrom(5), 'pro');
      const importing = group.add();
      const other = group.add();
      void group.busy(importing, getUser, group.clock.now() + 20_000);
      await group.pass(5_000);
      let waited = Infinity;
      const began = group.clock.now();
      void group.call(other, getUser).then(() => (waited = group.clock.now() - began));
      await group.pass(2_000);
      expect(waited).toBeLessThan(600);
    });

    it('pause together after a 429 of one', async () => {
      const group = new ReplicaGroup(redis, randomFrom(6), 'business');
      const replicas = [group.add(), group.add()];
      for (const replica of replicas) void group.busy(replica, getUser, group.clock.now() + 20_000);
      await group.pass(3_000);
      replicas[0]?.pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 5_000 });
      const paused = group.clock.now();
      await group.pass(8_000);
      // What was leased before the pause may still leave, within a third of a second.
      expect(group.within(paused + 500, paused + 5_000)).toBe(0);
      expect(group.within(paused + 5_000, paused + 8_000)).toBeGreaterThan(100);
    });

    it('send one probe together after a minute of a longer pause', async () => {
      const group = new ReplicaGroup(redis, randomFrom(7), 'business');
      const replicas = [group.add(), group.add()];
      for (const replica of replicas) void group.busy(replica, getUser, group.clock.now() + 80_000, 4);
      await group.pass(2_000);
      replicas[0]?.pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 86_400_000 });
      const paused = group.clock.now();
      await group.pass(60_000);
      const before = group.counted.length;
      await group.pass(45);
      expect(group.counted.length - before).toBeLessThanOrEqual(1);
      await group.pass(3_000);
      expect(group.within(paused + 60_000, paused + 63_045)).toBeGreaterThan(40);
    }, 60_000);

    it('count the day together', async () => {
      const group = new ReplicaGroup(redis, randomFrom(8), 'pro');
      const [one, two] = [group.add(), group.add()];
      for (let calls = 0; calls < 5; calls += 1) {
        void group.call(one, heavy);
        void group.call(two, heavy);
      }
      await group.pass(4_000);
      void group.call(one, heavy);
      void group.call(two, heavy);
      await group.pass(2_000);
      expect(one.metrics.get('rest/heavy')?.()).toBe(29_988);
      expect(two.metrics.get('rest/heavy')?.()).toBe(29_988);
    });

    it('go on in equal parts without Redis, and are together again within ten seconds', async () => {
      const group = new ReplicaGroup(redis, randomFrom(9), 'pro');
      const replicas = [group.add(), group.add(), group.add()];
      const began = group.clock.now();
      for (const replica of replicas) void group.busy(replica, getUser, began + 50_000, 8);
      await group.pass(5_000);
      for (const replica of replicas) replica.cutOff = true;
      await group.pass(15_000);
      expect(group.within(began + 10_000, began + 20_000)).toBeGreaterThan(0.7 * 300);
      const commands = group.commands;
      for (const replica of replicas) replica.cutOff = false;
      await group.pass(10_000);
      expect(group.commands).toBeGreaterThan(commands + 30);
      await group.pass(15_000);
      expect(group.within(began + 33_000, began + 43_000)).toBeGreaterThan(0.9 * 300);
      expect(group.densest(1_000)).toBeLessThanOrEqual(30);
    }, 60_000);

    const event = fc.record({
      afterMs: fc.integer({ min: 100, max: 3_000 }),
      replica: fc.nat(2),
      what: fc.constantFrom('die', 'away', 'back', 'flush', 'join'),
    });

    it('never exceed the rate, whatever happens to replicas and to Redis', async () => {
      const scenario = fc.record({
        seed: fc.nat(),
        delay: fc.constantFrom('behind' as const, 'in front' as const),
        events: fc.array(event, { maxLength: 8 }),
      });
      await fc.assert(
        fc.asyncProperty(scenario, async ({ delay, events, seed }) => {
          await redis.command('FLUSHALL');
          const random = randomFrom(seed);
          const group = new ReplicaGroup(redis, random, 'pro', delay);
          const until = group.clock.now() + 20_000;
          const start = (): void =>
            void group.busy(group.add(), getUser, until, 1 + Math.floor(16 * random()));
          for (let replica = 0; replica < 3; replica += 1) start();
          for (const { afterMs, replica, what } of events) {
            await group.pass(afterMs);
            const subject = group.replicas[replica];
            if (subject !== undefined && what === 'die') subject.dead = true;
            if (what === 'away' || what === 'back')
              for (const each of group.replicas) each.cutOff = what === 'away';
            if (what === 'flush') await redis.command('FLUSHALL');
            // A replica that starts without Redis is not among those that the others have seen last.
            if (what === 'join' && group.replicas.every(({ cutOff }) => !cutOff)) start();
          }
          await group.pass(3_000);
          expect(group.densest(1_000)).toBeLessThanOrEqual(limits.pro);
        }),
        {
          numRuns: Number(process.env['GROUP_RUNS'] ?? 15),
          interruptAfterTimeLimit: 200_000,
          markInterruptAsFailure: false,
        },
      );
    }, 180_000);
  });
});
