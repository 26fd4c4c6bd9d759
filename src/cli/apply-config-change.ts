import type { ConnectorConfig } from '../config/connector-config.js';
import { configErrorText, settingsNeedingRestart, warningText } from '../config/advice.js';
import type { ConfigChange } from '../config/watch-config.js';
import { toConnectorError } from '../connid/errors.js';
import { reloadRecord } from './lifecycle.js';
import { checkAuditFile } from './startup-files.js';
import type { ServiceLogs } from './logs.js';
import type { ReloadableConnector } from './reloadable-connector.js';

/** A running service, as far as a changed configuration concerns it. */
export interface RunningService {
  /** The file of the configuration. */
  readonly file: string;
  /** The configuration it was started with: what can not change while it runs is still so. */
  readonly started: ConnectorConfig;
  readonly holder: ReloadableConnector;
  readonly logs: ServiceLogs;
}

/** A changed configuration replaces the connector; a broken one is refused with its errors, and the old one stays. */
export async function applyConfigChange(
  change: ConfigChange,
  { file, holder, logs, started }: RunningService,
): Promise<void> {
  const { lifecycle, logger } = logs;
  if ('error' in change) {
    logger.error('the changed configuration is refused', { problem: configErrorText(change.error) });
    return;
  }
  const { config, warnings } = change;
  for (const warning of warnings) logger.warn(warningText(warning));
  const needRestart = settingsNeedingRestart(started, config);
  if (needRestart.length > 0)
    logger.warn('these settings take effect after a restart', { settings: needRestart });
  try {
    checkAuditFile(config.audit);
    const before = holder.target().given;
    await holder.replace(config);
    logs.configure(config);
    lifecycle.info(reloadRecord(file, { started, before, next: config }));
  } catch (thrown) {
    logger.error('the changed configuration can not be used', {
      problem: configErrorText(toConnectorError(thrown)),
    });
  }
}
