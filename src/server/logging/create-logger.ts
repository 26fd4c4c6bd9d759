import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';

import { createLogger as createWinston, format, transports, type LogEntry, type Logger } from 'winston';

import { redactMember } from './redact.js';

/** Level, format and destination of the log. */
export interface LoggerOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `json` for machines, one object per line; `text` for people at a terminal. */
  readonly format: 'json' | 'text';
  /** Destination of the lines. Default: standard output. */
  readonly stream?: NodeJS.WritableStream;
}

/** Redacts every log entry, as a last protection in case its author did not. */
const redaction = format((entry) => {
  for (const [name, value] of Object.entries(entry)) entry[name] = redactMember(name, value);
  return entry;
});

const layouts = {
  json: () => format.json(),
  text: () =>
    format.printf(({ timestamp, level, message, ...fields }) => {
      const members = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return [timestamp, level.toUpperCase().padEnd(5), message, ...members].join(' ');
    }),
};

type Transport = NonNullable<NonNullable<Parameters<typeof createWinston>[0]>['transports']>;

/** Creates the logger of the service. It masks secrets and e-mail addresses. */
export function createLogger(options: LoggerOptions): Logger {
  return createWinston({
    level: options.level,
    format: layoutOf(options),
    transports: outlet(options.stream),
  });
}

/** Changes level and format of a logger and its children. */
export function setUpLogger(logger: Logger, options: Omit<LoggerOptions, 'stream'>): void {
  logger.level = options.level;
  logger.format = layoutOf(options);
}

function layoutOf(options: Pick<LoggerOptions, 'format'>): Logger['format'] {
  return format.combine(redaction(), format.timestamp(), layouts[options.format]());
}

/**
 * Creates a log for audit records: one JSON object per line, appended to a file. It opens the file for each record, so
 * the file may be rotated. It writes synchronously, so a crash loses no record.
 * @param onError - called with the record if the file cannot be written. A full disk must not end the process.
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

/** The transport of a logger. The cast is safe: winston declares its transport classes as interfaces. */
function outlet(stream: NodeJS.WritableStream = process.stdout): Transport {
  const target: unknown = new transports.Stream({ stream });
  return target as Transport;
}
