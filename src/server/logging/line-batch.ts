import { Writable } from 'node:stream';

/** Lines wait for at most so many milliseconds. */
const maxDelayMs = 20;

/** Characters that are written at once, however short the wait was. */
const maxLength = 16 * 1024;

/** Where a log writes its lines. */
export interface LogOutput {
  /** Takes lines that may wait for a moment. The last ones are lost if the process is killed. */
  readonly relaxed: NodeJS.WritableStream;
  /** Takes lines that must not be lost, such as audit records. They are written before the call returns. */
  readonly immediate: NodeJS.WritableStream;
}

/**
 * Joins lines, because a write for each of them costs a good part of a small operation. The order of the lines stays.
 * The owner of the process must call `flush` at its end.
 */
export function batchedOutput(stream: NodeJS.WritableStream): LogOutput & { readonly flush: () => void } {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = '';
    if (lines !== '') stream.write(lines);
  };
  const outlet = (taken: () => void): Writable =>
    new Writable({
      decodeStrings: false,
      write: (line: string, _encoding, done) => {
        waiting += line;
        taken();
        done();
      },
    });
  return {
    flush,
    immediate: outlet(flush),
    relaxed: outlet(() => {
      if (waiting.length >= maxLength) flush();
      else timer ??= setTimeout(flush, maxDelayMs);
    }),
  };
}
