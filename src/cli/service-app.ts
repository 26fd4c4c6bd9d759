import type { ConnectorConfig } from '../config/connector-config.js';
import { validateConfig } from '../config/validate-config.js';
import { createApp, type ConnectorApp } from '../server/app.js';
import { bearerTokenVerifier } from '../server/auth/bearer-tokens.js';
import type { createLogger } from '../server/logging/create-logger.js';
import type { ServerMetrics } from '../server/metrics.js';
import { namingProblems } from '../zoom/object-classes.js';
import type { ReloadableConnector } from './reloadable-connector.js';

/** What the service is put together from. */
interface ServiceParts {
  readonly holder: ReloadableConnector;
  readonly logger: ReturnType<typeof createLogger>;
  /** Where audit records go; into the log when absent. */
  readonly audit?: () => ServiceParts['logger'];
  readonly metrics: ServerMetrics;
}

/** The HTTP side of the service as the configuration wants it. */
export function createServiceApp(
  config: ConnectorConfig,
  { audit, holder, logger, metrics }: ServiceParts,
): ConnectorApp {
  const { bearerTokens } = config.server.authentication;
  return createApp({
    connectors: holder,
    validateConfig: (json) => validateConfig(json, namingProblems),
    logger,
    ...(audit !== undefined && { auditLogger: audit }),
    verifiers: bearerTokens.length > 0 ? [bearerTokenVerifier(bearerTokens)] : [],
    limits: () => {
      const { rest, results } = holder.config();
      return { operationTimeoutMs: rest.operationTimeoutMs, maxJsonResults: results.maxJsonResults };
    },
    bodyLimitBytes: config.server.bodyLimitBytes,
    metrics,
  });
}
