import { toConnectorError } from '../../connid/errors.js';
import { WireError, type WireObject, type WireValue } from '../codec/wire-value.js';
import { endOfResults, failurePart, pause, resultPart } from '../messages/answers.js';
import type { WireStream } from './wire-stream.js';

/** The results of an operation: those that it yields one after another, and the one that it returns. */
export type Results = AsyncGenerator<WireObject, WireValue, void>;

/** An operation that is answered. */
export interface RunningOperation {
  readonly results: Results;
  /** True if the host has a handler for what the operation yields, as for a search. */
  readonly hasHandler: boolean;
  /** Ends what the operation waits for. */
  readonly abort: () => void;
}

export interface AnswerTimes {
  /** Milliseconds to wait for a peer that neither reads nor answers. */
  readonly idleMs: number;
  /** Milliseconds without a result after which the host hears from us. It may give up after a minute of silence. */
  readonly silenceMs: number;
}

/** The host is asked after so many results if it wants more. */
const resultsBetweenPauses = 200;

/** Sends the results of an operation, or its failure. A host that stops ends the operation. */
export async function answerOperation(
  stream: WireStream,
  operation: RunningOperation,
  times: AnswerTimes,
): Promise<void> {
  const { hasHandler, results } = operation;
  const answer = new Answer(stream, times);
  try {
    const result = hasHandler ? await answer.handled(operation) : await lastOf(results);
    if (hasHandler) await stream.write(endOfResults, times.idleMs);
    await stream.write(resultPart(result), times.idleMs);
  } catch (thrown) {
    // There is nobody to answer, or nothing that the peer would understand.
    if (stream.closed.aborted || thrown instanceof WireError) throw thrown;
    await stream.write(failurePart(toConnectorError(thrown)), times.idleMs);
  }
}

async function lastOf(results: Results): Promise<WireValue> {
  for (;;) {
    const step = await results.next();
    if (step.done === true) return step.value;
  }
}

class Answer {
  constructor(
    private readonly stream: WireStream,
    private readonly times: AnswerTimes,
  ) {}

  /** Sends every result to the handler of the host. @returns the result of the operation; `null` if the host stops. */
  async handled({ abort, results }: RunningOperation): Promise<WireValue> {
    try {
      for (let sent = 1; ; sent += 1) {
        const step = await this.#breakingSilence(results.next());
        if (step === 'stopped') {
          abort();
          return null;
        }
        if (step.done === true) return step.value;
        await this.stream.write(resultPart(step.value), this.times.idleMs);
        if (sent % resultsBetweenPauses === 0 && !(await this.#wantsMore())) return null;
      }
    } finally {
      // Without effect on results that have ended.
      await results.return(null).catch(() => undefined);
    }
  }

  /** Waits for a result. The protocol knows no sign of life but the question if the host wants more. */
  async #breakingSilence<T>(next: Promise<T>): Promise<T | 'stopped'> {
    for (;;) {
      const first = await this.#orSilence(next);
      if (first !== 'silence') return first;
      if (await this.#wantsMore()) continue;
      // The operation is stopped, and nobody waits for this result.
      next.catch(() => undefined);
      return 'stopped';
    }
  }

  async #orSilence<T>(next: Promise<T>): Promise<T | 'silence'> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<'silence'>((resolve) => {
      timer = setTimeout(() => resolve('silence'), this.times.silenceMs);
    });
    try {
      return await Promise.race([next, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #wantsMore(): Promise<boolean> {
    await this.stream.write(pause, this.times.idleMs);
    const reply = await this.stream.read(this.times.idleMs);
    return reply?.kind === 'OperationRequestMoreData';
  }
}
