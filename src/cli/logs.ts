import type { Logger } from 'winston';
import type { ConnectorConfig } from '../config/connector-config.js';
import { createAuditLogger, createLogger, setUpLogger } from '../server/logging/create-logger.js';
import type { ClientDependencies } from '../zoom/client/options.js';
import { batchedOutput, type LogOutput } from '../server/logging/line-batch.js';

/** The logs of the service. Their settings may change while it runs. */
export interface ServiceLogs {
  readonly logger: Logger;
  /** For start, reload and stop records, which are written at every level. */
  readonly lifecycle: Logger;
  /** The current log for audit records: a file, or the log of the service. */
  audit(): Logger;
  /** Applies changed settings. */
  configure(config: LogSettings): void;
}

type LogSettings = Pick<ConnectorConfig, 'audit' | 'logging'>;

function recordSettings({ logging: { format } }: LogSettings) {
  return { level: 'info', format } as const;
}

/** Standard output, in batches. The last one is written when the process ends, also by an uncaught error. */
function standardOutput(): LogOutput {
  const output = batchedOutput(process.stdout);
  process.once('exit', output.flush);
  return output;
}

/** Creates the logs of the service. @param output - destination of the lines, by default standard output. */
export function createLogs(config: LogSettings, output: LogOutput = standardOutput()): ServiceLogs {
  const logger = createLogger({ ...config.logging, stream: output.relaxed });
  // A separate logger, because lifecycle and audit records do not depend on the level.
  const records = createLogger({ ...recordSettings(config), stream: output.immediate });
  const inLog = records.child({ audit: true });
  const auditIn = (file: string | null): Logger =>
    file === null
      ? inLog
      : createAuditLogger(file, (error, record) => {
          logger.error('the audit file cannot be written', { problem: error.message });
          inLog.log(record);
        });
  let audit = auditIn(config.audit.file);
  return {
    logger,
    lifecycle: records,
    audit: () => audit,
    configure: (next) => {
      setUpLogger(logger, next.logging);
      setUpLogger(records, recordSettings(next));
      audit = auditIn(next.audit.file);
    },
  };
}

/**
 * The log of the client. It writes a line for each call at level `debug`, and Winston does most of its work for a line
 * before it looks at the level.
 */
export function clientLogger(logger: Logger): ClientDependencies['logger'] {
  return {
    warn: (message, fields) => void logger.warn(message, fields),
    debug: (message, fields) => {
      if (logger.isLevelEnabled('debug')) logger.debug(message, fields);
    },
  };
}
