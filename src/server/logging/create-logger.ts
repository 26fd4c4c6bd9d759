import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';

import {
  config,
  createLogger as createWinston,
  format,
  type LogEntry,
  type Logger,
  transports,
} from 'winston';

import { redactMember } from './redact.js';

/** Level, format and destination of the log. */
export interface LoggerOptions {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** `json` for machines, one object per line; `text` for people at a terminal. */
  readonly format: 'json' | 'text';
  /** Destination of the lines. Default: standard output. */
  readonly stream?: NodeJS.WritableStream;
}

/**
 * Leaves out entries below the level. The transport would do that, too, but after the other formats have done their work
 * for each of them.
 */
const threshold = format((entry, options) => {
  const { level } = options as Pick<LoggerOptions, 'level'>;
  return severity(entry.level) <= severity(level) ? entry : false;
});

/** @returns a small number for a severe level. */
function severity(level: string): number {
  return config.npm.levels[level] ?? 0;
}

/** Redacts every log entry, as a last protection in case its author did not. Then its values are plain JSON. */
const redaction = format((entry) => {
  for (const [name, value] of Object.entries(entry)) entry[name] = redactMember(name, value);
  return entry;
});

const layouts = {
  json: () =>
    format.printf(({ timestamp, level, message, ...fields }) =>
      JSON.stringify({ timestamp, level, message, ...fields }),
    ),
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

function layoutOf({ format: layout, level }: Omit<LoggerOptions, 'stream'>): Logger['format'] {
  return format.combine(threshold({ level }), redaction(), format.timestamp(), layouts[layout]());
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
