import { readFile } from 'node:fs/promises';
import { ConnectorError, errorCode, type Finding } from '../connid/errors.js';
import type { GuardedString } from '../connid/guarded-string.js';
import { adviceFor } from './advice.js';
import type { ConnectorConfig } from './connector-config.js';
import type { Account } from './accounts.js';
import { applyEnvironment, type Environment } from './env-overrides.js';
import { fingerprinting, type Fingerprints, parseJson } from './read-files.js';
import { type ConfigProperty, connectorSchema } from './schema.js';
import { keyFindings } from './rules/connector-server.js';
import { type ReadFile, type ResolvedSecret, resolveSecrets } from './secrets.js';
import { checkAccounts, placed, withoutDuplicates } from './validate-config.js';

/** A secret, and its place in the configuration. */
export interface FoundSecret {
  readonly property: Pick<ConfigProperty, 'path'>;
  readonly value: GuardedString | null;
}

/**
 * Replaces references by their secrets, and removes `$schema`. The result is immutable.
 * @param json - a valid configuration with defaults.
 */
export function assemble(json: unknown, secrets: readonly FoundSecret[]): ConnectorConfig {
  const config = structuredClone(json) as Record<string, unknown>;
  delete config['$schema'];
  delete config['connectors'];
  for (const { property, value } of secrets) {
    const parents = property.path.slice(0, -1);
    const parent = parents.reduce((group, name) => group[name] as Record<string, unknown>, config);
    parent[property.path.at(-1) ?? ''] = value;
  }
  return deepFreeze(withoutTrailingSlashes(config as unknown as ConnectorConfig));
}

/** Removes slashes at the end of base URLs, because the appended paths begin with one. */
function withoutTrailingSlashes(config: ConnectorConfig): ConnectorConfig {
  const { serviceUrl, scimUrl } = config.service;
  const trimmed = (url: string): string => url.replace(/\/+$/, '');
  return {
    ...config,
    service: { ...config.service, serviceUrl: trimmed(serviceUrl), scimUrl: trimmed(scimUrl) },
  };
}

/** Makes a value and everything inside it immutable, and returns it. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** The source of a configuration. */
export interface ConfigSource {
  readonly file: string;
  readonly env: Environment;
  /** Reads the configuration and its secret files. Default: from the file system. */
  readonly readFile?: ReadFile;
}

/** A configuration ready for use. */
export interface LoadedConfig {
  /** The configuration of each connector, by name: one without a name, or several. Their global groups are the same. */
  readonly accounts: ReadonlyMap<string, ConnectorConfig>;
  /** The first of them, for the global groups. */
  readonly config: ConnectorConfig;
  /** Advice for the administrator about a valid configuration. */
  readonly warnings: readonly Finding[];
  /** Fingerprints of the configuration file and its secret files. */
  readonly fingerprints: Fingerprints;
}

/** Reads a file as text. */
export const readTextFile: ReadFile = (file) => readFile(file, 'utf8');

/**
 * Loads a configuration: file, then environment variables, then defaults, then secrets.
 * @throws ConnectorError of kind `configuration`, with all findings in `details.errors`.
 */
export async function loadConfig(source: ConfigSource): Promise<LoadedConfig> {
  const { file, env } = source;
  const { read, seen: fingerprints } = fingerprinting(source.readFile ?? readTextFile);
  const { accounts: layers, findings: problems } = await readLayers({ ...source, readFile: read });
  const sources = { environment: env, readFile: read };
  const found = await Promise.all(
    layers.map(async ({ account }) => ({
      account,
      secrets: await resolveSecrets(account.json, connectorSchema, sources),
    })),
  );
  const findings = withoutDuplicates([...problems, ...ofSecrets(found, 'findings')]);
  if (findings.length > 0) throw refused(file, findings);
  const accounts = new Map(
    found.map(({ account: { json, name }, secrets }) => [name, assemble(json, secrets)]),
  );
  const [config] = accounts.values();
  if (config === undefined) throw new Error('a valid configuration has an account');
  const keys = keyFindings(config);
  if (keys.length > 0) throw refused(file, keys);
  const advice = found.flatMap(({ account }) =>
    adviceFor(accounts.get(account.name) ?? config).map(placed(account)),
  );
  const warnings = withoutDuplicates([...ofSecrets(found, 'warnings'), ...advice]);
  return { accounts, config, warnings, fingerprints };
}

/** What was found about the secrets of all accounts. */
function ofSecrets(
  all: readonly { readonly account: Account; readonly secrets: readonly ResolvedSecret[] }[],
  what: 'findings' | 'warnings',
): Finding[] {
  return all.flatMap(({ account, secrets }) =>
    secrets.flatMap((secret) => secret[what].map(placed(account))),
  );
}

/** The configuration of an account with its defaults, and where its values come from. */
export interface Layers {
  /** References to secrets in its `json` are not resolved. */
  readonly account: Account;
  /** The file with the values of environment variables, without defaults. */
  readonly given: unknown;
  /** JSON pointer in the whole configuration → name of the environment variable that set this value. */
  readonly setBy: ReadonlyMap<string, string>;
}

/** Reads a configuration without its secrets. @throws ConnectorError as {@link loadConfig}. */
export async function loadLayers(source: ConfigSource): Promise<readonly Layers[]> {
  const { accounts, findings } = await readLayers(source);
  if (findings.length > 0) throw refused(source.file, findings);
  return accounts;
}

async function readLayers({
  env,
  file,
  readFile: read = readTextFile,
}: ConfigSource): Promise<{ readonly accounts: readonly Layers[]; readonly findings: readonly Finding[] }> {
  const parsed = parseJson(await readConfigFile(file, read));
  if ('problem' in parsed) throw refused(file, [parsed.problem]);
  const { findings, json, setBy } = applyEnvironment(parsed.value, env);
  const checked = checkAccounts(json);
  const problems = checked.findings.map((finding) => withVariable(finding, setBy));
  return {
    accounts: checked.accounts.map((account) => ({ account, given: json, setBy })),
    findings: [...findings, ...problems],
  };
}

async function readConfigFile(file: string, read: ReadFile): Promise<string> {
  try {
    return await read(file);
  } catch (thrown) {
    throw new ConnectorError('configuration', `The file ${file} cannot be read${errorCode(thrown)}.`, {
      hint: 'Name the configuration file with --config FILE; the default is connector.json in the current directory.',
      cause: thrown,
    });
  }
}

function refused(file: string, errors: readonly Finding[]): ConnectorError {
  const count = errors.length === 1 ? 'a problem' : `${errors.length} problems`;
  return new ConnectorError('configuration', `The configuration ${file} has ${count}.`, { errors });
}

/** Names the environment variable that set an invalid value, because the file does not show it. */
function withVariable(finding: Finding, setBy: ReadonlyMap<string, string>): Finding {
  const pointers = [...setBy.keys()].filter((set) => `${finding.path}/`.startsWith(`${set}/`));
  const variable = setBy.get(pointers.at(-1) ?? '');
  if (variable === undefined) return finding;
  return { ...finding, message: `${finding.message} (Set by the environment variable ${variable}.)` };
}
