import { Writable } from 'node:stream';

import type { Logger } from 'winston';

import { createLogger, type LoggerOptions } from '../../src/server/logging/create-logger.js';
import { alsoInSuiteLog } from './suite-log.js';

/** A real logger whose lines can be read back. */
export interface LogCapture {
  readonly logger: Logger;
  /** Everything logged, as text. */
  text(): string;
  /** Everything logged, one parsed entry per line. */
  entries(): Record<string, unknown>[];
}

export function captureLog(
  level: LoggerOptions['level'] = 'debug',
  format: LoggerOptions['format'] = 'json',
): LogCapture {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString('utf8'));
      done();
    },
  });
  return {
    logger: alsoInSuiteLog(createLogger({ level, format, stream })),
    text: () => chunks.join(''),
    entries: () =>
      chunks
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
