import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import type { ConnectorConfig } from './connector-config.js';
import type { UnresolvedConfig } from './rules/rule.js';
import { checkRules } from './rules/rules.js';
import { connectorSchema, type SchemaNode } from './schema.js';
import { findingOf } from './sentences.js';

/** A checked configuration. */
interface Checked {
  /** The configuration with its defaults. It matches the schema only if there are no findings. */
  readonly json: unknown;
  readonly findings: readonly Finding[];
}

const mailAddress = /^[^\s@]+@[^\s@]+$/;

/**
 * Makes a function that adds defaults and checks names, types and ranges. The function reports all problems at once, and
 * never changes its argument.
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
  return (original) => {
    const json: unknown = structuredClone(original);
    if (validate(json)) return { json, findings: [] };
    return { json, findings: distinct((validate.errors ?? []).filter(isUseful).map(findingOf)) };
  };
}

/** False for errors that another error explains better: of an invalid name, and of each alternative of a value. */
function isUseful({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'propertyNames' && !schemaPath.includes('/anyOf/');
}

/** Removes repetitions: a value that violates its pattern and its format has two equal findings. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

const checkForm = createFormCheck(connectorSchema);

/** Checks a parsed configuration against schema and rules, and adds defaults. Reads no file and no variable. */
export function checkConfigJson(json: unknown): Checked {
  const { json: complete, findings } = checkForm(json);
  return { json: complete, findings: [...findings, ...checkRules(complete, findings)] };
}

/** The answer of the operation Validate. */
interface Validation {
  readonly valid: boolean;
  readonly errors: readonly Finding[];
}

/**
 * Checks a configuration offline, for the operation Validate. Checks the syntax of secret references but does not
 * resolve them. Ignores environment variables.
 * @param use - checks a valid configuration further, by the parts of the connector that use it.
 */
export function validateConfig(
  json: unknown,
  use: (config: UnresolvedConfig) => readonly Finding[] = () => [],
): Validation {
  const { findings, json: complete } = checkConfigJson(json);
  const errors = findings.length > 0 ? findings : use(complete as UnresolvedConfig);
  return { valid: errors.length === 0, errors };
}

/** The configuration with all defaults and the simulator as target. It needs no secrets. */
export function defaultConfig(): ConnectorConfig {
  return checkConfigJson({ service: { target: 'simulator' } }).json as ConnectorConfig;
}
