import { ConnectorError, errorKinds } from '../connid/errors.js';
import type { OperationContext } from './context.js';
import type { Lock, Pause } from './ports.js';
import type { SpanFacts, WaitReason } from './tracing.js';

/** Waits. The trace of the operation shows the wait. */
export function whileWaiting<T>(
  { signal, span }: OperationContext,
  reason: WaitReason,
  wait: () => Promise<T>,
  facts?: SpanFacts,
): Promise<T> {
  return span === undefined ? wait() : recorded(span.waiting(reason, facts), wait, signal);
}

async function recorded<T>(
  end: (failure?: string) => void,
  wait: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    const result = await wait();
    end();
    return result;
  } catch (thrown) {
    end(exceptionOf(thrown, signal));
    throw thrown;
  }
}

/** Lets time pass before something is tried again. */
export function backOff(pause: Pause, ms: number, context: OperationContext): Promise<void> {
  return whileWaiting(context, 'back-off', () => pause(ms, context.signal));
}

/** Runs work under a lock. The trace of the operation shows how long it waited for the lock. */
export function holdLock<T>(
  lock: Lock,
  key: string,
  work: () => Promise<T>,
  context: OperationContext,
): Promise<T> {
  const { signal, span } = context;
  if (span === undefined) return lock.run(key, work, context);
  const end = span.waiting('lock');
  const wait = { isOver: false };
  const held = (): Promise<T> => {
    wait.isOver = true;
    end();
    return work();
  };
  return lock.run(key, held, context).catch((thrown: unknown) => {
    if (!wait.isOver) end(exceptionOf(thrown, signal));
    throw thrown;
  });
}

/** The exception of a wait that failed. The error of an aborted wait names no reason, so that of the signal counts. */
function exceptionOf(thrown: unknown, { reason }: { readonly reason: unknown }): string {
  const error = thrown instanceof ConnectorError ? thrown : reason;
  return error instanceof ConnectorError ? error.exception : errorKinds.unexpected.exception;
}
