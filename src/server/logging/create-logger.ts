import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';

import { createLogger as createWinston, format, transports, type LogEntry, type Logger } from 'winston';

import { redactMember } from './redact.js';

/** How the service logs. */
export interface LoggerOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `json` for machines, one object per line; `text` for people at a terminal. */
  readonly format: 'json' | 'text';
  /** Where lines go; standard output when absent. */
  readonly stream?: NodeJS.WritableStream;
}

/** Last net under everything that is logged, whoever logs it. */
const redaction = format((entry) => {
  for (const [name, value] of Object.entries(entry)) entry[name] = redactMember(name, value);
  return entry;
});

const layouts = {
  json: () => format.json(),
  text: () =>
    format.printf(({ timestamp, level, message, ...fields }) => {
      const shown = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return [timestamp, level.toUpperCase().padEnd(5), message, ...shown].join(' ');
    }),
};

type Transport = NonNullable<NonNullable<Parameters<typeof createWinston>[0]>['transports']>;

/** The logger of the service. Secrets and e-mail addresses do not get through it. */
export function createLogger(options: LoggerOptions): Logger {
  return createWinston({
    level: options.level,
    format: layoutOf(options),
    transports: outlet(options.stream),
  });
}

/** Gives a logger, and those made from it, another level and format. */
export function setUpLogger(logger: Logger, options: Omit<LoggerOptions, 'stream'>): void {
  logger.level = options.level;
  logger.format = layoutOf(options);
}

function layoutOf(options: Pick<LoggerOptions, 'format'>): Logger['format'] {
  return format.combine(redaction(), format.timestamp(), layouts[options.format]());
}

/**
 * A log of its own for audit records: one JSON object per line, appended to a file. The file is opened for each
 * record, so that it may be rotated, and written at once, so that a crash loses none.
 * @param onError - told when the file cannot be written, with the record; a full disk must not end the process.
 */
export function createAuditLogger(file: string, onError: (error: Error, record: LogEntry) => void): Logger {
  const stream = new Writable({
    write(record: Buffer, _encoding, done) {
      try {
        appendFileSync(file, record, { mode: 0o600 });
      } catch (error) {
        onError(error as Error, JSON.parse(String(record)) as LogEntry);
      }
      done();
    },
  });
  return createLogger({ level: 'info', format: 'json', stream });
}

/** winston declares its transports as interfaces and wants classes; they are the classes it wants. */
function outlet(stream: NodeJS.WritableStream = process.stdout): Transport {
  const target: unknown = new transports.Stream({ stream });
  return target as Transport;
}
