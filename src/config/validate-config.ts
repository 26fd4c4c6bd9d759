import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import type { ConnectorConfig } from './connector-config.js';
import type { UnresolvedConfig } from './rules/rule.js';
import { checkRules } from './rules/rules.js';
import { connectorSchema, type SchemaNode } from './schema.js';
import { findingOf } from './sentences.js';

/** A configuration with its defaults, and what is wrong with its form. */
export interface Checked {
  /** The configuration with defaults filled in; of the declared form only when there are no findings. */
  readonly json: unknown;
  readonly findings: readonly Finding[];
}

const mailAddress = /^[^\s@]+@[^\s@]+$/;

/**
 * Makes the function that fills in defaults and checks names, types and ranges, all problems at once.
 * It never changes its argument.
 */
function createFormCheck(schema: SchemaNode): (json: unknown) => Checked {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    allowUnionTypes: true,
    discriminator: true,
  });
  ajv.addKeyword('x-expected');
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('email', mailAddress);
  const validate = ajv.compile(schema);
  return (given) => {
    const json: unknown = structuredClone(given);
    if (validate(json)) return { json, findings: [] };
    return { json, findings: distinct((validate.errors ?? []).filter(isTelling).map(findingOf)) };
  };
}

/** Names have errors of their own; how a value misses each alternative says less than what they are. */
function isTelling({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'propertyNames' && !schemaPath.includes('/anyOf/');
}

/** A value can miss its pattern and its format; saying so once is enough. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

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
