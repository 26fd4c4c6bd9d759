import { readFileSync } from 'node:fs';
import { errorCode } from '../connid/errors.js';

/** Prints text for the user: results on standard output, complaints on standard error. */
export const terminal = {
  say: (text: string): void => void process.stdout.write(`${text}\n`),
  complain: (text: string): void => void process.stderr.write(`${text}\n`),
  /** True if standard output is a terminal, so that people read it. */
  isInteractive: (): boolean => process.stdout.isTTY,
} as const;

/** Signals that stop the service. The system sends SIGHUP when the terminal is closed. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A reason to stop, and its exit code. */
export interface StopReason {
  readonly reason: (typeof signals)[number] | 'output closed';
  readonly exitCode: number;
}

/**
 * Resolves on a signal, or when the reader closes standard output: log and audit records would be lost after that.
 * Other errors of standard output, such as a full disk, do not stop the service.
 */
export function stopped(): Promise<StopReason> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve({ reason: signal, exitCode: 0 }));
    // Without a listener, an error of the stream would end the process immediately.
    process.stderr.on('error', () => undefined);
    let hasComplained = false;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (!hasComplained) terminal.complain(`Standard output cannot be written${errorCode(error)}.`);
      hasComplained = true;
      if (error.code === 'EPIPE') resolve({ reason: 'output closed', exitCode: 1 });
    });
  });
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The version of the service, from `package.json`. */
export const { version } = manifest;
