import type { ConnectorConfig } from './connector-config.js';
import { checkConfigJson } from './validate-config.js';

/** The configuration with every default and the simulator as its target; needs no secrets. */
export function defaultConfig(): ConnectorConfig {
  return checkConfigJson({ service: { target: 'simulator' } }).json as ConnectorConfig;
}
