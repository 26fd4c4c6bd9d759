import type { Logger } from 'winston';
import type { ConnectorConfig } from '../config/connector-config.js';
import { createAuditLogger, createLogger, setUpLogger } from '../server/logging/create-logger.js';

/** Where the service logs, which may change while it runs. */
export interface ServiceLogs {
  readonly logger: Logger;
  /** For records that are always written, whatever the level: the service starts, takes another configuration, stops. */
  readonly lifecycle: Logger;
  /** Where audit records go at present: a file of their own, or the log. */
  audit(): Logger;
  /** From now on these settings hold. */
  configure(config: LogSettings): void;
}

type LogSettings = Pick<ConnectorConfig, 'audit' | 'logging'>;

function recorded({ logging: { format } }: LogSettings) {
  return { level: 'info', format } as const;
}

/** Sets up the logs of the service; lines go to standard output unless told otherwise. */
export function createLogs(config: LogSettings, stream?: NodeJS.WritableStream): ServiceLogs {
  const logger = createLogger({ ...config.logging, ...(stream !== undefined && { stream }) });
  // Whatever else is logged, records are.
  const records = createLogger({ ...recorded(config), ...(stream !== undefined && { stream }) });
  const inLog = records.child({ audit: true });
  const auditIn = (file: string | null): Logger =>
    file === null
      ? inLog
      : createAuditLogger(file, (error, record) => {
          logger.error('the audit file can not be written', { problem: error.message });
          inLog.log(record);
        });
  let audit = auditIn(config.audit.file);
  return {
    logger,
    lifecycle: records,
    audit: () => audit,
    configure: (next) => {
      setUpLogger(logger, next.logging);
      setUpLogger(records, recorded(next));
      audit = auditIn(next.audit.file);
    },
  };
}
