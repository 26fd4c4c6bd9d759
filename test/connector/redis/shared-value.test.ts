import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Lasting, SharedValue } from '../../../src/connector/redis/shared-value.js';
import { systemClock } from '../../../src/zoom/kit/clock.js';
import { describeWithRedis } from '../../support/with-redis.js';
import { type ReplicaStates, startReplicaStates } from '../../support/replica-states.js';

describeWithRedis('a value that replicas share', () => {
  let states: ReplicaStates;
  let made: string[];
  beforeAll(async () => (states = await startReplicaStates()));
  afterAll(() => states.close());
  beforeEach(() => {
    states.fresh();
    made = [];
  });

  const replica = (): SharedValue<string> =>
    new SharedValue(
      states.add(),
      'token',
      (ms, signal) => systemClock.sleep(ms, signal),
      () => performance.now(),
    );
  const any = (): boolean => true;
  const make =
    (value: string, leftMs = 60_000) =>
    (): Promise<Lasting<string>> => {
      made.push(value);
      return Promise.resolve({ value, leftMs });
    };

  it('is obtained by one of them, however many need it', async () => {
    const replicas = [replica(), replica(), replica()];
    const values = await Promise.all(replicas.map((each, index) => each.get(any, make(`v${index}`))));
    expect(made).toHaveLength(1);
    expect(values.map(({ value }) => value)).toEqual(Array(3).fill(made[0]));
    for (const { leftMs } of values) expect(leftMs).toBeLessThanOrEqual(60_000);
  });

  it('is obtained again when the present one is of no use', async () => {
    await replica().get(any, make('old'));
    const other = replica();
    expect((await other.get(({ value }) => value !== 'old', make('new'))).value).toBe('new');
    expect((await replica().get(any, make('never'))).value).toBe('new');
    expect(made).toEqual(['old', 'new']);
  });

  it('is obtained by another one when the first one fails', async () => {
    const failing = replica().get(any, () => Promise.reject(new Error('refused')));
    await expect(failing).rejects.toThrow('refused');
    expect((await replica().get(any, make('second'))).value).toBe('second');
  });

  it('is each replica’s own while Redis is away', async () => {
    const [one, two] = [replica(), replica()];
    await one.get(any, make('common'));
    await states.server.crash();
    expect((await one.get(any, make('one'))).value).toBe('one');
    expect((await two.get(any, make('two'))).value).toBe('two');
    await states.server.restart();
  });

  it('is shown to nobody who reads Redis', async () => {
    await replica().get(any, make('canary-token'));
    const keys = await states.keys();
    expect(keys.some((key) => key.includes(':token:'))).toBe(true);
    for (const key of keys)
      expect(String(await states.redis.command('DUMP', key))).not.toContain('canary-token');
  });
});
