import type { ConnectorConfig } from '../config/connector-config.js';
import { validateConfig } from '../config/validate-config.js';
import { createApp, type ConnectorApp } from '../server/app.js';
import { bearerTokenVerifier } from '../server/auth/bearer-tokens.js';
import type { createLogger } from '../server/logging/create-logger.js';
import type { ServerMetrics } from '../server/metrics.js';
import { namingProblems } from '../zoom/object-classes.js';
import type { ReloadableConnector } from './reloadable-connector.js';

/** The parts of the service. */
interface ServiceParts {
  readonly reloadable: ReloadableConnector;
  readonly logger: ReturnType<typeof createLogger>;
  /** The log for audit records. Default: `logger`. */
  readonly audit?: () => ServiceParts['logger'];
  readonly metrics: ServerMetrics;
}

/** Creates the HTTP side of the service from the configuration. */
export function createServiceApp(
  config: ConnectorConfig,
  { audit, reloadable, logger, metrics }: ServiceParts,
): ConnectorApp {
  const { bearerTokens } = config.server.authentication;
  return createApp({
    connectors: reloadable,
    validateConfig: (json) => validateConfig(json, namingProblems),
    logger,
    ...(audit !== undefined && { auditLogger: audit }),
    verifiers: bearerTokens.length > 0 ? [bearerTokenVerifier(bearerTokens)] : [],
    limits: () => {
      const { rest, results } = reloadable.config();
      return { operationTimeoutMs: rest.operationTimeoutMs, maxJsonResults: results.maxJsonResults };
    },
    bodyLimitBytes: config.server.bodyLimitBytes,
    metrics,
  });
}
