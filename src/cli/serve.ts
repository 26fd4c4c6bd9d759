import { readFileSync } from 'node:fs';
import { configErrorText, warningText } from '../config/commands.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import { settingsNeedingRestart } from '../config/restart.js';
import { type ConfigChange, watchConfig } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import { listen, listeningText, type RunningServer } from '../server/listen/listen.js';
import { createLogger } from '../server/logging/create-logger.js';
import { createMetrics } from '../server/metrics.js';
import { createZoomConnector } from '../zoom/create-zoom-connector.js';
import { examples } from './examples.js';
import { type ConnectorHolder, holdConnector } from './holder.js';
import { createServiceApp, type ServiceParts } from './service-app.js';
import { stopped } from './signals.js';
import { terminal } from './terminal.js';
import { version } from './version.js';

type Logger = ReturnType<typeof createLogger>;

/** `serve`: runs the service until it is told to stop. @returns the exit code. */
export async function serveCommand(file: string): Promise<number> {
  try {
    const loaded = await loadConfig({ file, env: process.env });
    const logger = createLogger(loaded.config.logging);
    for (const warning of loaded.warnings) logger.warn(warningText(warning));
    const metrics = createMetrics();
    const holder = await holdConnector(loaded.config, (config) =>
      createZoomConnector(config, { version, client: { logger, metrics } }),
    );
    await serve(file, loaded, { holder, logger, metrics });
    return 0;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

async function serve(file: string, loaded: LoadedConfig, parts: ServiceParts): Promise<void> {
  const { holder, logger } = parts;
  const server = await startServer(loaded.config, parts);
  const watch = watchConfig({ file, env: process.env, loaded }, (change) => takeUp(change, holder, logger));
  terminal.say(
    `${listeningText(server)}\nIt targets ${holder.target().description}.\n\n${examples(server.url)}`,
  );
  await stopped();
  watch.close();
  await server.close();
  await holder.close();
}

async function startServer(config: ConnectorConfig, parts: ServiceParts): Promise<RunningServer> {
  const { host, port, shutdownGraceMs, tls } = config.server;
  return listen(createServiceApp(config, parts), {
    host,
    port,
    shutdownGraceMs,
    ...(tls !== null && { tls: readCertificates(tls) }),
  });
}

function readCertificates(tls: NonNullable<ConnectorConfig['server']['tls']>): {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string;
} {
  const { certFile, clientCaFile, keyFile } = tls;
  return {
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    ...(clientCaFile !== null && { clientCa: readFileSync(clientCaFile, 'utf8') }),
  };
}

/** A changed configuration replaces the connector; a broken one is refused with its errors, and the old one stays. */
async function takeUp(change: ConfigChange, holder: ConnectorHolder, logger: Logger): Promise<void> {
  if ('error' in change) {
    logger.error('the changed configuration is refused', { problem: configErrorText(change.error) });
    return;
  }
  const { config, warnings } = change;
  for (const warning of warnings) logger.warn(warningText(warning));
  const needRestart = settingsNeedingRestart(holder.config(), config);
  if (needRestart.length > 0)
    logger.warn('these settings take effect after a restart', { settings: needRestart });
  try {
    await holder.replace(config);
    logger.info('the changed configuration is in effect');
  } catch (thrown) {
    logger.error('the changed configuration can not be used', {
      problem: configErrorText(toConnectorError(thrown)),
    });
  }
}
