import type { Logger } from 'winston';
import type { RedisStatus } from '../connector/redis/shared-state.js';
import { connectState, type RedisState } from '../redis/shared-state.js';
import type { OpenState } from '../zoom/shared-parts.js';

/** The state that the replicas of the service share, as the configuration asks for it. */
export interface ReplicaState {
  readonly open: OpenState;
  /** What is known of Redis; `undefined` when there is none. */
  status(): RedisStatus | undefined;
}

/** Opens the state, and logs when Redis is lost and when it is back. */
export function replicaState(logger: Logger): ReplicaState {
  let opened: readonly RedisState[] = [];
  return {
    open: ({ keyPrefix, onOutage, redisUrl }) => {
      if (redisUrl === null) return undefined;
      let wasAway = false;
      const settings = { url: redisUrl.reveal(), keyPrefix, onOutage };
      const state = connectState(settings, ({ redis }, reason) => {
        const isNews = redis === 'away' || wasAway;
        wasAway = redis === 'away';
        logger.log(isNews ? 'warn' : 'info', words[redis], { redis, reason, onOutage });
      });
      opened = [...opened.filter((each) => each.status() !== undefined), state];
      return state;
    },
    // After a change of the settings the newest one counts, although earlier operations may still use another one.
    status: () => opened.findLast((each) => each.status() !== undefined)?.status(),
  };
}

const words = { away: 'Redis is away', up: 'Redis is there' } as const;
