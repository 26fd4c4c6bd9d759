import { ConnectorError } from '../../connid/errors.js';
import type { OperationContext } from '../context.js';
import type { LoopTurns } from '../loop-turns.js';
import type { Interceptor } from '../object-class/call.js';

/** The abort reason for calls that outlive their search. Made once, because making an error takes time. */
const ended = new ConnectorError('connectionBroken', 'The search has ended.');

/** Ends a search that makes no progress: none of its calls succeeds while its caller waits. */
export class IdleWatch {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #waitingSince: number | undefined;

  /**
   * @param limitMs - milliseconds without progress.
   * @param targetName - the target's name in sentences for the caller.
   */
  constructor(limitMs: number, targetName: string) {
    this.#timer = setInterval(() => this.#check(limitMs, targetName), Math.max(1, limitMs / 10));
    this.#timer.unref();
  }

  /** The context for the calls of the search. The end of the search aborts them. */
  bind(context: OperationContext): OperationContext {
    return { ...context, signal: AbortSignal.any([context.signal, this.#abort.signal]) };
  }

  /** Called after an answer: the search makes progress. */
  progressed(): void {
    if (this.#waitingSince !== undefined) this.#waitingSince = performance.now();
  }

  /**
   * Yields the rows of the search under this watch. It counts the time in which the caller waits for a row, neither the
   * time that the caller spends on one nor the turns of others. At the end it aborts running calls of the search, even
   * after an error.
   */
  async *during<T, R>(rows: AsyncGenerator<T, R, void>, turns: LoopTurns): AsyncGenerator<T, R, void> {
    try {
      for (;;) {
        this.#waitingSince = performance.now();
        const step = await rows.next();
        this.#waitingSince = undefined;
        if (step.done === true) return step.value;
        yield step.value;
        const wait = turns.due();
        if (wait !== undefined) await wait;
      }
    } catch (thrown) {
      throw this.#failure() ?? thrown;
    } finally {
      clearInterval(this.#timer);
      this.#abort.abort(ended);
      await close(rows);
    }
  }

  #failure(): ConnectorError | undefined {
    const reason: unknown = this.#abort.signal.reason;
    return reason instanceof ConnectorError ? reason : undefined;
  }

  #check(limitMs: number, targetName: string): void {
    if (this.#waitingSince === undefined || performance.now() - this.#waitingSince < limitMs) return;
    this.#abort.abort(
      new ConnectorError('timeout', `The search made no progress for ${limitMs} ms.`, {
        hint: `${targetName} answers too slowly. The limit is rest.idleTimeoutMs.`,
      }),
    );
  }
}

/** Reports every answer to the watch. */
export function watchingProgress(watch: IdleWatch): Interceptor {
  return (next) => ({
    send: async (call, context) => {
      const answer = await next.send(call, context);
      watch.progressed();
      return answer;
    },
  });
}

async function close(rows: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  // An error in the generator's clean-up does not concern the result of the search.
  await rows.return(undefined).catch(() => undefined);
}
