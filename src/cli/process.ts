import { readFileSync } from 'node:fs';
import { errorCode } from '../connid/errors.js';

/** Words to whoever runs the program: results on standard output, complaints on standard error. */
export const terminal = {
  say: (text: string): void => void process.stdout.write(`${text}\n`),
  complain: (text: string): void => void process.stderr.write(`${text}\n`),
  /** True where people read standard output, and no program does. */
  isInteractive: (): boolean => process.stdout.isTTY,
} as const;

/** What ends the service in good order; the last comes when its terminal is closed. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** A reason to stop, and the exit code it leads to. */
export interface StopReason {
  readonly reason: (typeof signals)[number] | 'output closed';
  readonly exitCode: number;
}

/**
 * Resolves when the process is asked to stop, or when nobody reads its output any more: its log and audit records would
 * be lost from then on. Lines that cannot be written for another reason, such as a full disk, end nothing.
 */
export function stopped(): Promise<StopReason> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve({ reason: signal, exitCode: 0 }));
    // An error of a stream that nobody listens to ends the process at once, in the middle of what it does.
    process.stderr.on('error', () => undefined);
    let told = false;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (!told) terminal.complain(`Standard output can not be written${errorCode(error)}.`);
      told = true;
      if (error.code === 'EPIPE') resolve({ reason: 'output closed', exitCode: 1 });
    });
  });
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Version of this program, from its package. */
export const { version } = manifest;
