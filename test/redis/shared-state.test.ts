import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { connectState, type RedisState } from '../../src/redis/shared-state.js';
import { until } from '../support/raw-client.js';
import { type RedisConnection, type RedisServer, startRedis } from '../support/redis-server.js';
import { describeWithRedis } from '../support/with-redis.js';

describeWithRedis('the connection to Redis', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  const open: RedisState[] = [];
  beforeAll(async () => {
    server = await startRedis();
    redis = await server.connect();
  });
  afterEach(() => open.splice(0).forEach((state) => state.close()));
  afterAll(async () => {
    redis.close();
    await server.stop();
  });

  interface Seen {
    readonly state: RedisState;
    readonly changes: string[];
  }
  let prefixes = 0;

  function connect({ keyPrefix = `p${(prefixes += 1)}:`, url = server.url } = {}): Seen {
    const changes: string[] = [];
    const state = connectState({ url, keyPrefix, onOutage: 'continue' }, ({ redis: now }, reason) =>
      changes.push(`${now}: ${reason}`),
    );
    open.push(state);
    return { state, changes };
  }
  const echo = (state: RedisState): Promise<unknown> => state.evalScript('return ARGV[1]', [], ['ü']);
  const isUp = ({ state }: Seen): boolean => state.status()?.redis === 'up';

  it('waits for the first attempt, and runs scripts', async () => {
    const seen = connect();
    expect(await echo(seen.state)).toBe('ü');
    expect(seen.state.status()).toMatchObject({ redis: 'up' });
    expect(await seen.state.evalScript('return {KEYS[1], 5}', ['key'], [])).toEqual(['key', 5]);
  });

  it('knows how many replicas there are', async () => {
    const keyPrefix = 'group:';
    const replicas = [connect({ keyPrefix }), connect({ keyPrefix }), connect({ keyPrefix })];
    await Promise.all(replicas.map(({ state }) => echo(state)));
    const late = connect({ keyPrefix });
    await echo(late.state);
    expect(late.state.replicas()).toBe(4);
  });

  it('passes messages to the replica that they are for', async () => {
    const [one, two] = [connect(), connect()];
    await Promise.all([echo(one.state), echo(two.state)]);
    const got: string[] = [];
    one.state.onMessage((message) => got.push(`one ${message}`));
    const stop = two.state.onMessage((message) => got.push(`two ${message}`));
    await redis.command('PUBLISH', two.state.channel, 'a');
    await until(() => got.length > 0);
    stop();
    await redis.command('PUBLISH', two.state.channel, 'b');
    await redis.command('PUBLISH', one.state.channel, 'c');
    await until(() => got.length > 1);
    expect(got).toEqual(['two a', 'one c']);
  });

  it('fails at once while Redis is away, and is back when it is', async () => {
    const seen = connect();
    await echo(seen.state);
    await server.crash();
    await until(() => !isUp(seen));
    await expect(echo(seen.state)).rejects.toThrow('Redis is away');
    await server.restart();
    await until(() => isUp(seen));
    // The new Redis does not know the script yet.
    expect(await echo(seen.state)).toBe('ü');
    expect(seen.changes.map((change) => change.split(':')[0])).toEqual(['up', 'away', 'up']);
    redis.close();
    redis = await server.connect();
  });

  it('gives up a Redis that stands still, and is back when it goes on', async () => {
    const seen = connect();
    await echo(seen.state);
    server.process.kill('SIGSTOP');
    await expect(echo(seen.state)).rejects.toThrow('no answer in time');
    await expect(echo(seen.state)).rejects.toThrow('Redis is away');
    expect(seen.state.status()).toMatchObject({ redis: 'away' });
    server.process.kill('SIGCONT');
    await until(() => isUp(seen));
    expect(await echo(seen.state)).toBe('ü');
  });

  it('counts a Redis as away that refuses what replicas need, and says why', async () => {
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    const seen = connect();
    await expect(echo(seen.state)).rejects.toThrow('Redis is away');
    expect(seen.changes).toEqual(['away: OOM']);
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await until(() => isUp(seen));
  });

  it('says that the password is wrong, and never the password', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', 'canary-right');
    const url = server.url.replace('redis://', 'redis://:canary-wrong@');
    const seen = connect({ url });
    await expect(echo(seen.state)).rejects.toThrow('Redis is away');
    expect(seen.changes).toEqual(['away: WRONGPASS']);
    const right = connect({ url: server.url.replace('redis://', 'redis://:canary-right@') });
    expect(await echo(right.state)).toBe('ü');
    await redis.command('CONFIG', 'SET', 'requirepass', '');
  });

  it('is away from the start where nothing listens', async () => {
    const seen = connect({ url: 'redis://127.0.0.1:1' });
    await expect(echo(seen.state)).rejects.toThrow('Redis is away');
    expect(seen.changes).toEqual(['away: ECONNREFUSED']);
    expect(seen.state.replicas()).toBe(1);
  });

  it('has no state after it was closed', async () => {
    const { state } = connect();
    await echo(state);
    state.close();
    expect(state.status()).toBeUndefined();
    await expect(echo(state)).rejects.toThrow();
  });
});
