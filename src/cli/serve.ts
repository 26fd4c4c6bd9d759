import { configErrorText, warningText } from '../config/advice.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { loadConfig, type LoadedConfig } from '../config/load-config.js';
import { watchConfig } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import { listen, type RunningServer } from '../server/listen/listen.js';
import type { ShutdownOutcome } from '../server/listen/shutdown.js';
import { createMetrics, type ServerMetrics } from '../server/metrics.js';
import { createConnectorFactory } from '../zoom/connector-factory.js';
import { checkAuditFile, readCertificates } from './startup-files.js';
import { type ReloadableConnector, startReloadable } from './reloadable-connector.js';
import { greet, startRecord, stoppedRecord, stoppingRecord } from './lifecycle.js';
import { createLogs, type ServiceLogs } from './logs.js';
import { createServiceApp } from './service-app.js';
import { stopped, type StopReason, terminal, version } from './process.js';
import { applyConfigChange } from './apply-config-change.js';

/**
 * `serve`: runs the service until it is told to stop.
 * @param examples - commands to try are printed even where no terminal shows the output.
 * @returns the exit code.
 */
export async function serveCommand(file: string, examples = false): Promise<number> {
  try {
    const loaded = await loadConfig({ file, env: process.env });
    checkAuditFile(loaded.config.audit);
    const logs = createLogs(loaded.config);
    for (const warning of loaded.warnings) logs.logger.warn(warningText(warning));
    const metrics = createMetrics({ processMetrics: true });
    const client = { logger: logs.logger, metrics };
    const holder = await startReloadable(loaded.config, createConnectorFactory({ version, client }));
    let end: EndOfService;
    try {
      end = await serve(loaded, { file, examples, holder, logs, metrics });
    } finally {
      await holder.close();
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
  readonly holder: ReloadableConnector;
  readonly logs: ServiceLogs;
  readonly metrics: ServerMetrics;
}

/** The end of the service, but for the connector's own. */
interface EndOfService {
  readonly reason: StopReason;
  readonly outcome: ShutdownOutcome;
  /** The moment at which it began, by the process's own clock. */
  readonly since: number;
}

async function serve(loaded: LoadedConfig, parts: Parts): Promise<EndOfService> {
  const { file, holder, logs } = parts;
  const server = await startServer(loaded.config, parts);
  const running = { ...parts, started: loaded.config };
  const watch = watchConfig({ file, env: process.env, loaded }, (change) =>
    applyConfigChange(change, running),
  );
  const end = stopped();
  const started = { config: loaded.config, file, target: holder.target(), url: server.url };
  logs.lifecycle.info(startRecord(started));
  greet(started, parts.examples);
  const reason = await end;
  const since = performance.now();
  logs.lifecycle.info(stoppingRecord(reason));
  watch.close();
  return { reason, outcome: await server.close(), since };
}

/** Load balancers look this way whether somebody listens. */
const hungUp = /^(ECONNRESET|EPIPE)$/;

async function startServer(
  config: ConnectorConfig,
  { holder, logs, metrics }: Parts,
): Promise<RunningServer> {
  const { host, port, shutdownGraceMs, tls } = config.server;
  const app = createServiceApp(config, { holder, logger: logs.logger, audit: () => logs.audit(), metrics });
  return listen(app, {
    host,
    port,
    shutdownGraceMs,
    onBrokenConnection: (code) =>
      logs.logger.log(hungUp.test(code) ? 'debug' : 'info', 'no request', { problem: code }),
    ...(tls !== null && { tls: readCertificates(tls) }),
  });
}
