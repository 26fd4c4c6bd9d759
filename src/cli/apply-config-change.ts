import type { ConnectorConfig } from '../config/connector-config.js';
import { configErrorText, settingsNeedingRestart, warningText } from '../config/advice.js';
import type { LoadedConfig } from '../config/load-config.js';
import type { ConfigChange } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import type { ServerMetrics } from '../server/metrics.js';
import { reloadRecord } from './lifecycle.js';
import { checkAuditFile } from './startup-files.js';
import type { ServiceLogs } from './logs.js';
import type { Connectors } from './connectors.js';

/** The parts of a running service that a changed configuration affects. */
export interface RunningService {
  /** Path of the configuration file. */
  readonly file: string;
  /** The configuration at the start. Settings that need a restart still have these values. */
  readonly started: ConnectorConfig;
  /** The configurations now in effect. */
  current: Pick<LoadedConfig, 'accounts'>;
  readonly connectors: Connectors;
  readonly logs: ServiceLogs;
  readonly metrics: Pick<ServerMetrics, 'reloaded'>;
}

/**
 * Applies a changed configuration: replaces the connector and sets up the logs. If the configuration has errors, logs
 * them and keeps the old one.
 */
export async function applyConfigChange(change: ConfigChange, service: RunningService): Promise<void> {
  const { file, connectors, logs, metrics, started } = service;
  const { lifecycle, logger } = logs;
  if ('error' in change) {
    logger.error('the changed configuration is refused', { problem: configErrorText(change.error) });
    metrics.reloaded('refused');
    return;
  }
  const { accounts, config, warnings } = change;
  for (const warning of warnings) logger.warn(warningText(warning));
  const needRestart = settingsNeedingRestart(started, config);
  if (needRestart.length > 0)
    logger.warn('these settings take effect after a restart', { settings: needRestart });
  try {
    checkAuditFile(config.audit);
    const before = service.current.accounts;
    await connectors.replace(accounts);
    logs.configure(config);
    service.current = change;
    lifecycle.info(reloadRecord(file, { started, before, next: accounts }));
    metrics.reloaded('ok');
  } catch (thrown) {
    logger.error('the changed configuration cannot be used', {
      problem: configErrorText(toConnectorError(thrown)),
    });
    metrics.reloaded('refused');
  }
}
