import { configErrorText, warningText } from '../config/advice.js';
import { plainName } from '../config/accounts.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import { loadConfig } from '../config/load-config.js';
import { type Check, ConnectorError, toConnectorError } from '../connid/errors.js';
import { newTrace } from '../connector/context.js';
import { nearestName } from '../connid/nearest-name.js';
import { createZoomConnector } from '../zoom/create-zoom-connector.js';
import { startReloadable } from './reloadable-connector.js';
import { terminal, version } from './process.js';

/**
 * `test FILE`: runs the checks of the operation Test, for each connector.
 * @param only - the name of one of several connectors.
 * @returns the exit code: not 0 if a connector failed.
 */
export async function testCommand(file: string, only?: string): Promise<number> {
  try {
    const { accounts, warnings } = await loadConfig({ file, env: process.env });
    for (const warning of warnings) terminal.say(warningText(warning));
    const results: boolean[] = [];
    for (const [name, config] of selected(accounts, only)) {
      if (name !== plainName) terminal.say(`${name}:`);
      results.push(await testAccount(config));
    }
    return results.every((isOk) => isOk) ? 0 : 1;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

type Accounts = ReadonlyMap<string, ConnectorConfig>;

/** @throws ConnectorError `configuration` if there is no connector of this name. */
function selected(accounts: Accounts, only: string | undefined): Accounts {
  if (only === undefined) return accounts;
  const config = accounts.get(only);
  if (config !== undefined && only !== plainName) return new Map([[only, config]]);
  const near = nearestName(only, accounts.keys());
  const hint = near === undefined || near === plainName ? {} : { hint: `Did you mean "${near}"?` };
  throw new ConnectorError('configuration', 'The configuration has no connector of this name.', hint);
}

async function testAccount(config: ConnectorConfig): Promise<boolean> {
  try {
    const reloadable = await startReloadable(config, (complete) =>
      createZoomConnector(complete, { version }),
    );
    try {
      const signal = AbortSignal.timeout(config.rest.operationTimeoutMs);
      const { checks } = await reloadable.current().test({ requestId: 'test', signal, trace: newTrace() });
      for (const check of checks) terminal.say(checkText(check));
    } finally {
      await reloadable.close();
    }
    return true;
  } catch (thrown) {
    const error = toConnectorError(thrown);
    const { checks = [] } = error.details;
    for (const check of checks) terminal.say(checkText(check));
    terminal.complain(checks.length === 0 ? configErrorText(error) : error.message);
    return false;
  }
}

function checkText({ detail, hint, name, ok }: Check): string {
  return `${ok ? 'ok    ' : 'failed'}  ${name}: ${detail}${hint === undefined ? '' : ` ${hint}`}`;
}
