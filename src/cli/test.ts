import { configErrorText, warningText } from '../config/advice.js';
import { loadConfig } from '../config/load-config.js';
import { type Check, toConnectorError } from '../connid/errors.js';
import { newTrace } from '../connector/context.js';
import { createZoomConnector } from '../zoom/create-zoom-connector.js';
import { startReloadable } from './reloadable-connector.js';
import { terminal, version } from './process.js';

/** `test FILE`: runs the checks of the operation Test. @returns the exit code. */
export async function testCommand(file: string): Promise<number> {
  try {
    const { config, warnings } = await loadConfig({ file, env: process.env });
    for (const warning of warnings) terminal.say(warningText(warning));
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
    return 0;
  } catch (thrown) {
    const error = toConnectorError(thrown);
    const { checks = [] } = error.details;
    for (const check of checks) terminal.say(checkText(check));
    terminal.complain(checks.length === 0 ? configErrorText(error) : error.message);
    return 1;
  }
}

function checkText({ detail, hint, name, ok }: Check): string {
  return `${ok ? 'ok    ' : 'failed'}  ${name}: ${detail}${hint === undefined ? '' : ` ${hint}`}`;
}
