import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import { firstFindings } from '../connid/first-findings.js';
import { nearestName } from '../connid/nearest-name.js';
import { type Account, accountsOf, plainName } from './accounts.js';
import type { ConnectorConfig } from './connector-config.js';
import type { UnresolvedConfig } from './rules/rule.js';
import { checkRules } from './rules/rules.js';
import { connectorSchema, type SchemaNode, valueAt } from './schema.js';
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

/** What the form of one account is checked against: it has no `connectors`. */
const checkForm = createFormCheck({
  ...connectorSchema,
  properties: { ...connectorSchema.properties, connectors: { type: 'null', default: null } },
});

/** Maximum number of members and items of a configuration, in all. Nobody needs as many; the schema limits each list. */
export const maxConfigMembers = 10_000;

const tooManyMembers: Finding = {
  path: '',
  message: `Must have at most ${maxConfigMembers} members and items in all.`,
};

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
    return { json, findings: [tooManyMembers] };
  }
  const { json: complete, errors } = checkForm(json);
  const broken = checkRules(complete, errors.map(pointerOf));
  const word = wordingOf(complete);
  const findings = firstFindings<ErrorObject | Finding>([...errors, ...broken], (problem) =>
    'keyword' in problem ? word(problem) : problem,
  );
  return { json: complete, findings };
}

/** The accounts of a checked configuration. */
export interface CheckedAccounts {
  /** Each as a configuration of its own, with its defaults. */
  readonly accounts: readonly Account[];
  readonly findings: readonly Finding[];
}

/** Checks a configuration of one or several accounts as {@link checkConfigJson} does. */
export function checkAccounts(json: unknown): CheckedAccounts {
  if (hasTooManyMembers(json)) return { accounts: [], findings: [tooManyMembers] };
  const { accounts, findings } = accountsOf(json);
  const checked = accounts.map((account) => ({ account, ...checkConfigJson(account.json) }));
  const problems = checked.flatMap(({ account, findings: found }) => found.map(placed(account)));
  const tokens = limitedTokens(checked[0]?.json, accounts);
  const all = withoutDuplicates([...findings, ...problems, ...tokens]);
  return {
    accounts: checked.map(({ account, json: complete }) => ({ ...account, json: complete })),
    // Those of one account are limited already.
    findings: accounts.length === 1 ? all : firstFindings(all, (finding) => finding),
  };
}

/** A finding in terms of the whole configuration. */
export function placed({ placeOf }: Account): (finding: Finding) => Finding {
  return ({ path, message }) => ({ path: placeOf(path), message });
}

/** Problems of global groups appear with each account. */
export function withoutDuplicates(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.path} ${finding.message}`, finding])).values()];
}

/** Tokens may be limited to connectors that exist. */
function limitedTokens(json: unknown, accounts: readonly Account[]): Finding[] {
  const names = accounts.map(({ name }) => name);
  const tokens: unknown = valueAt(json, '/server/authentication/bearerTokens');
  if (!Array.isArray(tokens)) return [];
  return tokens.flatMap((token: { readonly connectors?: unknown } | null, index) => {
    const listed: unknown = token?.connectors;
    if (!Array.isArray(listed)) return [];
    return listed.flatMap((name, position) => {
      if (names.includes(String(name)) && name !== plainName) return [];
      const path = `/server/authentication/bearerTokens/${index}/connectors/${position}`;
      const suggestion = nearestName(String(name), names);
      const hint = suggestion === undefined || suggestion === '' ? '' : ` Did you mean "${suggestion}"?`;
      return [{ path, message: `There is no connector of this name.${hint}` }];
    });
  });
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
  const { accounts, findings } = checkAccounts(json);
  const further = (): Finding[] =>
    accounts.flatMap((account) => use(account.json as UnresolvedConfig).map(placed(account)));
  const errors = findings.length > 0 ? findings : firstFindings(further(), (finding) => finding);
  return { valid: errors.length === 0, errors };
}

/** The configuration with all defaults and the simulator as target. It needs no secrets. */
export function defaultConfig(): ConnectorConfig {
  return checkConfigJson({ service: { target: 'simulator' } }).json as ConnectorConfig;
}
