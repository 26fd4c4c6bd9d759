import type { ConnectorConfig } from './connector-config.js';
import type { Finding } from '../connid/errors.js';
import { type Checked, createFormCheck } from './form.js';
import type { UnresolvedConfig } from './rules/rule.js';
import { checkRules } from './rules/rules.js';
import { connectorSchema } from './schema.js';

const checkForm = createFormCheck(connectorSchema);

/** Form and rules of a parsed configuration, with defaults filled in; nothing outside it is looked at. */
export function checkConfigJson(json: unknown): Checked {
  const { json: complete, findings } = checkForm(json);
  return { json: complete, findings: [...findings, ...checkRules(complete, findings)] };
}

/** Answer of the operation Validate. */
interface Validation {
  readonly valid: boolean;
  readonly errors: readonly Finding[];
}

/**
 * Checks a configuration offline, as the operation Validate does: secret references are checked for form and never
 * resolved, environment variables do not take part.
 * @param use - finds what is wrong with a well-formed configuration when it is put to use.
 */
export function validateConfig(
  json: unknown,
  use: (config: UnresolvedConfig) => readonly Finding[] = () => [],
): Validation {
  const { findings, json: complete } = checkConfigJson(json);
  const errors = findings.length > 0 ? findings : use(complete as UnresolvedConfig);
  return { valid: errors.length === 0, errors };
}

/** The configuration with every default and the simulator as its target; needs no secrets. */
export function defaultConfig(): ConnectorConfig {
  return checkConfigJson({ service: { target: 'simulator' } }).json as ConnectorConfig;
}
