import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { type Logger, transports } from 'winston';
import { suiteLogVariable } from '../../scripts/setup/suite-log.mjs';
import { createLogger } from '../../src/server/logging/create-logger.js';

const file = process.env[suiteLogVariable];

/**
 * A logger that also writes to the log of the whole run of tests, at debug level, when `npm test` names one: its last
 * step searches that file for what must not be logged.
 */
export function alsoInSuiteLog(logger: Logger): Logger {
  if (file === undefined) return logger;
  // winston declares its transports as interfaces and wants classes; they are the classes it wants.
  const transport: unknown = new transports.Stream({ level: 'debug', stream: appending(file) });
  return logger.add(transport as Parameters<Logger['add']>[0]);
}

/** Errors on the console, which fails the test; everything in the log of the whole run of tests. */
export function testLogger(): Logger {
  return alsoInSuiteLog(createLogger({ level: 'error', format: 'json', stream: onConsole() }));
}

function onConsole(): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      globalThis.console.error(line.toString('utf8').trimEnd());
      done();
    },
  });
}

/** Each line at once and by itself, because all processes of the tests write to the file. */
function appending(path: string): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      appendFileSync(path, line);
      done();
    },
  });
}
