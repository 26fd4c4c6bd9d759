import express, { type Express } from 'express';
import type { Logger } from 'winston';
import type { TokenVerifier } from './auth/authenticate.js';
import { noTracer, type Tracer } from '../connector/tracing.js';
import { mountDocs } from './docs-page.js';
import { RunningOperations } from './exchange/running-operations.js';
import type { ServerMetrics } from './metrics.js';
import {
  admit,
  answerProblems,
  ignoreConditions,
  notFound,
  openExchange,
  prepare,
  refuseWhileStopping,
} from './middleware/middleware.js';
import { buildOpenApi } from './openapi/document.js';
import type { Operation } from './operations/operation.js';
import { readOperations } from './operations/read-operations.js';
import { serviceOperations } from './operations/service-operations.js';
import { writeOperations } from './operations/write-operations.js';
import { createBodyReader } from './request/read-body.js';
import { mountOperations } from './serve-operation.js';
import {
  type ConfigValidator,
  type ConnectorSource,
  namedConnectors,
  defaultTimings,
  type ServerParts,
  type Services,
  type Timings,
} from './server-parts.js';
import { loadSchemas } from './validation/schemas.js';
import { createValidators } from './validation/validators.js';

/** Every endpoint that the OpenAPI document describes. */
export const operations: readonly Operation[] = [...readOperations, ...writeOperations, ...serviceOperations];

/** Everything that the command line passes to the server. */
export interface ServerOptions {
  /** Version of the service. */
  readonly version: string;
  readonly connectors: ConnectorSource;
  readonly validateConfig: ConfigValidator;
  readonly logger: Logger;
  /** Called for each audit record, because a reload may replace the log. Default: a child of `logger`. */
  readonly auditLogger?: () => Logger;
  /** Authenticate callers. If the list is empty, every process of this computer may call every operation. */
  readonly verifiers: readonly TokenVerifier[];
  /** Called for each request, because a reload may change the limits. */
  readonly limits: ServerParts['limits'];
  readonly bodyLimitBytes: number;
  readonly timings?: Partial<Timings>;
  /** Shared with the Zoom client. */
  readonly metrics: ServerMetrics;
  /** The state of Redis, if replicas share theirs. */
  readonly redisStatus?: Services['redisStatus'];
  /** Makes the spans of operations. Default: none. */
  readonly tracer?: Tracer;
}

/** The HTTP side of the service, for `listen`. */
export interface ConnectorApp {
  readonly handler: Express;
  readonly running: RunningOperations;
  /** True if callers must authenticate. */
  readonly authenticated: boolean;
  /** Milliseconds in which an aborted operation may still return its own result. */
  readonly abortGraceMs: number;
}

/** Builds the application from the table of operations. Each call returns an independent application. */
export function createApp(options: ServerOptions): ConnectorApp {
  const { verifiers } = options;
  const parts = createServerParts(options);
  const { services, timings } = parts;
  const handler = express();
  handler.disable('x-powered-by');
  handler.disable('etag');
  handler.enable('case sensitive routing');
  handler.enable('strict routing');
  handler.use(
    prepare(
      ignoreConditions,
      openExchange({ tracer: noTracer, ...options, ...services }),
      refuseWhileStopping(services.running, operations),
      admit(verifiers, operations),
    ),
  );
  mountOperations(handler, operations, parts);
  mountDocs(handler);
  handler.use(notFound);
  handler.use(answerProblems(options.logger));
  const { running } = services;
  return { handler, running, authenticated: verifiers.length > 0, abortGraceMs: timings.abortGraceMs };
}

function createServerParts(options: ServerOptions): ServerParts {
  const { bodyLimitBytes, connectors, limits, logger, metrics, timings, validateConfig, verifiers } = options;
  const schemas = loadSchemas();
  const authenticated = verifiers.length > 0;
  const openApi = (): object =>
    buildOpenApi({
      ...{ authenticated, operations, schemas, version: options.version },
      isNamed: namedConnectors(connectors).length > 0,
    });
  const running = new RunningOperations();
  const inLog = logger.child({ audit: true });
  return {
    services: {
      ...{ connectors, validateConfig, running, metrics, openApi },
      redisStatus: options.redisStatus ?? (() => undefined),
    },
    validators: createValidators(schemas),
    readBody: createBodyReader(bodyLimitBytes),
    limits,
    timings: { ...defaultTimings, ...timings },
    audit: options.auditLogger ?? (() => inLog),
  };
}
