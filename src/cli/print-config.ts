import { configErrorText } from '../config/advice.js';
import { type EffectiveSetting, effectiveSettings } from '../config/effective-settings.js';
import type { Environment } from '../config/env-overrides.js';
import { loadLayers } from '../config/load-config.js';
import { toConnectorError } from '../connid/errors.js';
import { terminal } from './process.js';

/**
 * `print-config FILE`: shows the settings that are in effect, and where each comes from. It reads no secret.
 * @param asJson - print a JSON array instead of a line per setting.
 * @returns the exit code.
 */
export async function printConfigCommand(file: string, asJson = false): Promise<number> {
  try {
    terminal.say(await printedConfig(file, process.env, asJson));
    return 0;
  } catch (thrown) {
    terminal.complain(configErrorText(toConnectorError(thrown)));
    return 1;
  }
}

/** @throws ConnectorError of kind `configuration` if the configuration is not valid. */
export async function printedConfig(file: string, env: Environment, asJson: boolean): Promise<string> {
  const settings = effectiveSettings(await loadLayers({ file, env }));
  return asJson ? JSON.stringify(settings, null, 2) : settings.map(lineOf).join('\n');
}

/** Such as `results.deepGet = false  (environment variable CONNECTOR_RESULTS__DEEP_GET)`. */
function lineOf({ name, origin, value }: EffectiveSetting): string {
  const source = origin.from === 'environment' ? `environment variable ${origin.variable}` : origin.from;
  return `${name} = ${JSON.stringify(value)}  (${source})`;
}
