import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import { firstFindings } from '../connid/first-findings.js';
import type { ConnectorConfig } from './connector-config.js';
import type { UnresolvedConfig } from './rules/rule.js';
import { checkRules } from './rules/rules.js';
import { connectorSchema, type SchemaNode } from './schema.js';
import { pointerOf, wordingOf } from './sentences.js';

/** A checked configuration. */
interface Checked {
  /** The configuration with its defaults. It matches the schema only if there are no findings. */
  readonly json: unknown;
  readonly findings: readonly Finding[];
}

/** A configuration with its defaults, and the errors of the schema. */
interface Form {
  readonly json: unknown;
  readonly errors: readonly ErrorObject[];
}

const mailAddress = /^[^\s@]+@[^\s@]+$/;

/**
 * Makes a function that adds defaults and checks names, types and ranges. The function reports all problems at once, and
 * never changes its argument.
 */
function createFormCheck(schema: SchemaNode): (json: unknown) => Form {
  // A test checks the schema itself. Doing so here, or optimising code that runs once, would slow every start down.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    allowUnionTypes: true,
    discriminator: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });
  ajv.addKeyword('x-expected');
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('email', mailAddress);
  const validate = ajv.compile(schema);
  return (original) => {
    const json: unknown = structuredClone(original);
    if (validate(json)) return { json, errors: [] };
    return { json, errors: withoutRepetitions((validate.errors ?? []).filter(isUseful)) };
  };
}

/** False for errors that another error explains better: of an invalid name, and of each alternative of a value. */
function isUseful({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'propertyNames' && !schemaPath.includes('/anyOf/');
}

/** Leaves out the error of a format where the same value violates a pattern: the sentence is the same. */
function withoutRepetitions(errors: readonly ErrorObject[]): ErrorObject[] {
  const patterns = new Set(
    errors.filter(({ keyword }) => keyword === 'pattern').map(({ instancePath }) => instancePath),
  );
  return errors.filter(({ instancePath, keyword }) => keyword !== 'format' || !patterns.has(instancePath));
}

const checkForm = createFormCheck(connectorSchema);

/** Maximum number of members and items of a configuration, in all. Nobody needs as many; the schema limits each list. */
export const maxConfigMembers = 10_000;

/** True if a value has more members and items than the limit. It looks at no more of them. */
function hasTooManyMembers(json: unknown): boolean {
  let left = maxConfigMembers;
  const open = [json];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    left -= Array.isArray(value) ? value.length : Object.keys(value).length;
    if (left < 0) return true;
    open.push(...(Object.values(value) as unknown[]));
  }
  return false;
}

/**
 * Checks a parsed configuration against schema and rules, and adds defaults. Reads no file and no variable. Finds one
 * problem only if the configuration is too large to be read.
 */
export function checkConfigJson(json: unknown): Checked {
  if (hasTooManyMembers(json)) {
    const message = `Must have at most ${maxConfigMembers} members and items in all.`;
    return { json, findings: [{ path: '', message }] };
  }
  const { json: complete, errors } = checkForm(json);
  const broken = checkRules(complete, errors.map(pointerOf));
  const word = wordingOf(complete);
  const findings = firstFindings<ErrorObject | Finding>([...errors, ...broken], (problem) =>
    'keyword' in problem ? word(problem) : problem,
  );
  return { json: complete, findings };
}

/** The answer of the operation Validate. */
export interface Validation {
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
  const errors =
    findings.length > 0 ? findings : firstFindings(use(complete as UnresolvedConfig), (finding) => finding);
  return { valid: errors.length === 0, errors };
}

/** The configuration with all defaults and the simulator as target. It needs no secrets. */
export function defaultConfig(): ConnectorConfig {
  return checkConfigJson({ service: { target: 'simulator' } }).json as ConnectorConfig;
}
