import { ConnectorError, errorKinds, toConnectorError } from '../../connid/errors.js';
import type { OperationContext } from '../context.js';
import {
  type Awaits,
  type Call,
  type Interceptor,
  openSession,
  type Session,
  type Target,
} from '../object-class/call.js';
import type { Lock, Pause } from '../ports.js';
import { backOff } from '../traced-waits.js';

/** Milliseconds between the reads of an awaited state: some twelve seconds in all. */
const pauses = [250, 500, 1000, 2000, 4000, 4000] as const;

/** Honours the conditions of a call: waits for its state, checks its answer, rewrites its error. */
export function withCallConditions(pause: Pause): Interceptor {
  return (next) => honouring(next, pause);
}

function honouring(target: Target, pause: Pause): Target {
  const answerTo = (call: Call, context: OperationContext): Promise<unknown> =>
    call.awaits === undefined ? target.send(call, context) : waitFor(call, call.awaits, context);

  async function waitFor(call: Call, awaits: Awaits, context: OperationContext): Promise<unknown> {
    for (const ms of [...pauses, undefined]) {
      const answer = await look(call, awaits, context);
      if (answer !== undefined) return answer;
      if (ms !== undefined) await backOff(pause, ms, context);
    }
    throw new ConnectorError('retryable', `${awaits.what} is not there yet.`, { retryAfter: 10 });
  }

  async function look(call: Call, awaits: Awaits, context: OperationContext): Promise<unknown> {
    try {
      const answer = await target.send(call, context);
      return awaits.isThere(answer) ? answer : undefined;
    } catch (thrown) {
      if (awaits.isMissing(toConnectorError(thrown))) return undefined;
      throw thrown;
    }
  }

  return {
    send: async (call, context) => {
      try {
        const answer = await answerTo(call, context);
        await checked(call, answer, openSession(target, context));
        return answer;
      } catch (thrown) {
        throw call.refused?.(toConnectorError(thrown)) ?? thrown;
      }
    },
  };
}

/** Checks an answer as the call asks for. If a read of the check fails, the effect of the call stays in doubt. */
async function checked({ endpoint, expect }: Call, answer: unknown, session: Session): Promise<void> {
  try {
    await expect?.(answer, session);
  } catch (thrown) {
    const isReadFailure = thrown instanceof ConnectorError && errorKinds[thrown.kind].retryable;
    if (!isReadFailure || endpoint.method === 'GET') throw thrown;
    throw thrown.with({ mayHaveHappened: true });
  }
}

/** Lets the target confirm, before each attempt of a write, that the operation still holds its locks. */
export function withLocksConfirmed(lock: Lock): Interceptor {
  return (next) => {
    if (lock.confirm === undefined) return next;
    return {
      send: (call, context) => {
        if (call.endpoint.method === 'GET') return next.send(call, context);
        return next.send(call, { ...context, confirm: async () => lock.confirm?.(context) });
      },
    };
  };
}
