import { randomUUID } from 'node:crypto';
import { Sealing } from '../../src/connector/redis/sealing.js';
import { AccountState } from '../../src/connector/redis/shared-state.js';
import { connectState, type RedisState } from '../../src/redis/shared-state.js';
import { type RedisConnection, type RedisServer, startRedis } from './redis-server.js';

/** The shared states of replicas of one service, in a Redis of its own. */
export interface ReplicaStates {
  readonly server: RedisServer;
  /** For looks at Redis, and for what happens to it. */
  readonly redis: RedisConnection;
  /** One more replica of the account. */
  add(options?: { readonly onOutage?: 'continue' | 'refuseWrites' }): AccountState;
  /** The keys of the service in Redis. */
  keys(): Promise<readonly string[]>;
  /** From now on replicas belong to another service: they share nothing with those before. */
  fresh(): void;
  close(): Promise<void>;
}

export const testSecret = 'canary secret of the application';

export async function startReplicaStates(): Promise<ReplicaStates> {
  const server = await startRedis();
  const redis = await server.connect();
  const open: RedisState[] = [];
  let keyPrefix = '';
  const fresh = (): void => {
    for (const state of open.splice(0)) state.close();
    keyPrefix = `test:${randomUUID()}:`;
  };
  fresh();
  return {
    server,
    redis,
    add: ({ onOutage = 'continue' } = {}) => {
      const state = connectState({ url: server.url, keyPrefix, onOutage }, () => undefined);
      open.push(state);
      return new AccountState(state, 'the account', new Sealing(testSecret, 'the account'));
    },
    keys: async () => (await redis.command('KEYS', `${keyPrefix}*`)) as string[],
    fresh,
    close: async () => {
      fresh();
      redis.close();
      await server.stop();
    },
  };
}
