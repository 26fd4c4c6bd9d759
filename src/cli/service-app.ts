import type { ConnectorConfig } from '../config/connector-config.js';
import { validateConfig } from '../config/validate-config.js';
import { createApp, type ConnectorApp } from '../server/app.js';
import { bearerTokenVerifier } from '../server/auth/bearer-tokens.js';
import { createAuditLogger, type createLogger } from '../server/logging/create-logger.js';
import type { ServerMetrics } from '../server/metrics.js';
import type { ConnectorHolder } from './holder.js';

/** What the service is put together from. */
export interface ServiceParts {
  readonly holder: ConnectorHolder;
  readonly logger: ReturnType<typeof createLogger>;
  readonly metrics: ServerMetrics;
}

/** The HTTP side of the service as the configuration wants it. */
export function createServiceApp(
  config: ConnectorConfig,
  { holder, logger, metrics }: ServiceParts,
): ConnectorApp {
  const { bearerTokens } = config.server.authentication;
  return createApp({
    connectors: holder,
    validateConfig,
    logger,
    ...(config.audit.file !== null && {
      auditLogger: createAuditLogger(config.audit.file, (error) =>
        logger.error('the audit file can not be written', { problem: error.message }),
      ),
    }),
    verifiers: bearerTokens.length > 0 ? [bearerTokenVerifier(bearerTokens)] : [],
    limits: () => {
      const { rest, results } = holder.config();
      return { operationTimeoutMs: rest.operationTimeoutMs, maxJsonResults: results.maxJsonResults };
    },
    bodyLimitBytes: config.server.bodyLimitBytes,
    metrics,
  });
}
