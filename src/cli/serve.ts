import { configErrorText, warningText } from '../config/advice.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { loadConfig, type LoadedConfig } from '../config/load-config.js';
import { watchConfig } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import { listen, listeningText, type RunningServer } from '../server/listen/listen.js';
import { createMetrics, type ServerMetrics } from '../server/metrics.js';
import { createConnectorFactory } from '../zoom/connector-factory.js';
import { checkAuditFile, readCertificates } from './startup-files.js';
import { examples } from './examples.js';
import { type ReloadableConnector, startReloadable } from './reloadable-connector.js';
import { createLogs, type ServiceLogs } from './logs.js';
import { createServiceApp } from './service-app.js';
import { stopped, terminal, version } from './process.js';
import { applyConfigChange } from './apply-config-change.js';

/** `serve`: runs the service until it is told to stop. @returns the exit code. */
export async function serveCommand(file: string): Promise<number> {
  try {
    const loaded = await loadConfig({ file, env: process.env });
    checkAuditFile(loaded.config.audit);
    const logs = createLogs(loaded.config);
    for (const warning of loaded.warnings) logs.logger.warn(warningText(warning));
    const metrics = createMetrics({ processMetrics: true });
    const client = { logger: logs.logger, metrics };
    const holder = await startReloadable(loaded.config, createConnectorFactory({ version, client }));
    try {
      return await serve(file, loaded, { holder, logs, metrics });
    } finally {
      await holder.close();
    }
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

interface Parts {
  readonly holder: ReloadableConnector;
  readonly logs: ServiceLogs;
  readonly metrics: ServerMetrics;
}

async function serve(file: string, loaded: LoadedConfig, parts: Parts): Promise<number> {
  const { holder } = parts;
  const server = await startServer(loaded.config, parts);
  const running = { ...parts, started: loaded.config };
  const watch = watchConfig({ file, env: process.env, loaded }, (change) =>
    applyConfigChange(change, running),
  );
  const end = stopped();
  terminal.say(`${listeningText(server)}\nIt targets ${holder.target().description}.`);
  if (isForTrials(loaded.config)) terminal.say(`\n${examples(server.url, loaded.config.service.api)}`);
  const code = await end;
  watch.close();
  await server.close();
  return code;
}

/** Load balancers look this way whether somebody listens. */
const hungUp = /^(ECONNRESET|EPIPE)$/;

/** Nobody tries things out on a real account, and the examples carry no token. */
function isForTrials({ server: { authentication, tls }, service }: ConnectorConfig): boolean {
  return service.target === 'simulator' && tls === null && authentication.bearerTokens.length === 0;
}

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
    broke: (code) => logs.logger.log(hungUp.test(code) ? 'debug' : 'info', 'no request', { problem: code }),
    ...(tls !== null && { tls: readCertificates(tls) }),
  });
}
