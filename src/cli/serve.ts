import { configErrorText, warningText } from '../config/advice.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { loadConfig, type LoadedConfig } from '../config/load-config.js';
import { validateConfig } from '../config/validate-config.js';
import { watchConfig } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import { type ConnectorApp, createApp } from '../server/app.js';
import { listen, type RunningServer } from '../server/listen/listen.js';
import type { ShutdownOutcome } from '../server/listen/shutdown.js';
import type { createLogger } from '../server/logging/create-logger.js';
import { createMetrics, type ServerMetrics } from '../server/metrics.js';
import { createTracer } from '../telemetry/create-tracer.js';
import { createConnectorFactory } from '../zoom/connector-factory.js';
import { namingProblems } from '../zoom/object-classes.js';
import type { Tracer } from '../connector/tracing.js';
import { applyConfigChange } from './apply-config-change.js';
import { type Connectors, type NamedFactory, startConnectors, targetsOf } from './connectors.js';
import { greet } from './greeting.js';
import { checkKeyFile, verifiersOf } from './verifiers.js';
import { startRecord, stoppedRecord, stoppingRecord } from './lifecycle.js';
import { clientLogger, createLogs, type ServiceLogs } from './logs.js';
import { stopped, type StopReason, terminal, version } from './process.js';
import { type ReplicaState, replicaState } from './shared-state.js';
import { checkAuditFile, readCertificates } from './startup-files.js';

/** The parts of the service. */
interface ServiceParts {
  readonly connectors: Connectors;
  readonly logger: ReturnType<typeof createLogger>;
  /** The log for audit records. Default: `logger`. */
  readonly audit?: () => ServiceParts['logger'];
  readonly metrics: ServerMetrics;
  /** The state that replicas share. */
  readonly state?: ReplicaState;
  /** Default: none. */
  readonly tracer?: Tracer;
}

/** Creates the HTTP side of the service from the configuration. */
export function createServiceApp(
  config: ConnectorConfig,
  { audit, connectors, logger, metrics, state, tracer }: ServiceParts,
): ConnectorApp {
  return createApp({
    version,
    connectors: { names: () => connectors.names(), get: (name) => connectors.get(name)?.current() },
    validateConfig: (json) => validateConfig(json, namingProblems),
    logger,
    ...(audit !== undefined && { auditLogger: audit }),
    verifiers: verifiersOf(config.server.authentication, logger),
    limits: (name) => {
      const { rest, results } = (connectors.get(name) ?? connectors.first()).config();
      return { operationTimeoutMs: rest.operationTimeoutMs, maxJsonResults: results.maxJsonResults };
    },
    bodyLimitBytes: config.server.bodyLimitBytes,
    metrics,
    ...(state !== undefined && { redisStatus: () => state.status() }),
    ...(tracer !== undefined && { tracer }),
  });
}

/**
 * `serve`: runs the service until a signal stops it.
 * @param examples - print commands to try even if the output is not a terminal.
 * @returns the exit code.
 */
export async function serveCommand(file: string, examples = false): Promise<number> {
  try {
    const loaded = await loadConfig({ file, env: process.env });
    checkAuditFile(loaded.config.audit);
    await checkKeyFile(loaded.config.server.authentication);
    const logs = createLogs(loaded.config);
    for (const warning of loaded.warnings) logs.logger.warn(warningText(warning));
    const metrics = createMetrics({ processMetrics: true });
    metrics.configInEffect();
    const tracer = createTracer(version, (message) => void logs.logger.warn(message));
    const state = replicaState(logs.logger);
    metrics.watchRedis(() => state.status()?.redis);
    const factory = createConnectorFactory(
      { version, client: { logger: clientLogger(logs.logger), metrics } },
      { openState: state.open, metricsOf: (name) => metrics.forConnector(name) },
    );
    const connectors = await startConnectors(loaded.accounts, factory, (name) =>
      metrics.forgetConnector(name),
    );
    let end: EndOfService;
    try {
      end = await serve(loaded, { file, examples, connectors, factory, logs, metrics, state, tracer });
    } finally {
      await connectors.close();
    }
    logs.lifecycle.info(stoppedRecord(end.reason, end.outcome, performance.now() - end.since));
    return end.reason.exitCode;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

interface Parts {
  readonly file: string;
  readonly examples: boolean;
  readonly connectors: Connectors;
  readonly factory: NamedFactory;
  readonly logs: ServiceLogs;
  readonly metrics: ServerMetrics;
  readonly state: ReplicaState;
  readonly tracer: Tracer;
}

/** The end of the service, before the connector is closed. */
interface EndOfService {
  readonly reason: StopReason;
  readonly outcome: ShutdownOutcome;
  /** The beginning of the stop, in milliseconds of `performance.now()`. */
  readonly since: number;
}

async function serve(loaded: LoadedConfig, parts: Parts): Promise<EndOfService> {
  const { file, connectors, logs } = parts;
  const server = await startServer(loaded.config, parts);
  const running = { ...parts, started: loaded.config, current: loaded };
  const watch = watchConfig({ file, env: process.env, loaded }, (change) =>
    applyConfigChange(change, running),
  );
  const end = stopped();
  const { hostsUrl, url } = server;
  const started = { accounts: loaded.accounts, file, targets: targetsOf(connectors), url, hostsUrl };
  logs.lifecycle.info(startRecord(started));
  greet(started, parts.examples);
  const reason = await end;
  const since = performance.now();
  logs.lifecycle.info(stoppingRecord(reason));
  watch.close();
  return { reason, outcome: await server.close(), since };
}

/** Codes of connections that the caller closed. Load balancers do so to check that the service listens. */
const hungUp = /^(ECONNRESET|EPIPE)$/;

/** Both faces of the service. */
interface RunningFaces extends RunningServer {
  /** The address of the face for hosts, if there is one. */
  readonly hostsUrl: string | undefined;
}

async function startServer(config: ConnectorConfig, parts: Parts): Promise<RunningFaces> {
  const { connectors, logs, metrics, state, tracer } = parts;
  const { host, port, shutdownGraceMs, tls } = config.server;
  const app = createServiceApp(config, {
    connectors,
    logger: logs.logger,
    audit: () => logs.audit(),
    metrics,
    state,
    tracer,
  });
  const server = await listen(app, {
    host,
    port,
    shutdownGraceMs,
    onBrokenConnection: (code) =>
      logs.logger.log(hungUp.test(code) ? 'debug' : 'info', 'no request', { problem: code }),
    ...(tls !== null && { tls: readCertificates(tls) }),
  });
  if (!config.connectorServer.enabled) return { ...server, hostsUrl: undefined };
  try {
    const { startConnectorServer } = await import('./connector-server.js');
    const hosts = await startConnectorServer(config, { ...parts, running: app.running });
    const close = async (): Promise<ShutdownOutcome> => {
      const [outcome] = await Promise.all([server.close(), hosts.close(shutdownGraceMs)]);
      return outcome;
    };
    return { ...server, hostsUrl: hosts.url, close };
  } catch (thrown) {
    await server.close();
    throw thrown;
  }
}
