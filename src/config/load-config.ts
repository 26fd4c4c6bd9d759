import { readFile } from 'node:fs/promises';
import { ConnectorError, errorCode, type Finding } from '../connid/errors.js';
import { adviceFor } from './advice.js';
import type { ConnectorConfig } from './connector-config.js';
import { applyEnvironment, type Environment } from './env-overrides.js';
import { fingerprinting, type Fingerprints, parseJson } from './read-files.js';
import { connectorSchema } from './schema.js';
import { type ReadFile, type ResolvedSecret, resolveSecrets } from './secrets.js';
import { checkConfigJson } from './validate-config.js';

/**
 * Puts the secrets in place of their references and drops what is for editors. Nobody can change the result.
 * @param json - a configuration with defaults in which nothing was found wrong.
 */
function assemble(json: unknown, secrets: readonly ResolvedSecret[]): ConnectorConfig {
  const config = structuredClone(json) as Record<string, unknown>;
  delete config['$schema'];
  for (const { property, value } of secrets) {
    const parents = property.path.slice(0, -1);
    const parent = parents.reduce((group, name) => group[name] as Record<string, unknown>, config);
    parent[property.path.at(-1) ?? ''] = value;
  }
  return deepFreeze(withPlainBases(config as unknown as ConnectorConfig));
}

/** Base URLs without a slash at the end, because paths that begin with one are appended. */
function withPlainBases(config: ConnectorConfig): ConnectorConfig {
  const { serviceUrl, scimUrl } = config.service;
  const plain = (url: string): string => url.replace(/\/+$/, '');
  return {
    ...config,
    service: { ...config.service, serviceUrl: plain(serviceUrl), scimUrl: plain(scimUrl) },
  };
}

/** The value itself, with everything inside made immutable. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** Where a configuration comes from. */
export interface ConfigSource {
  readonly file: string;
  readonly env: Environment;
  /** How files are read; the file system's way by default. */
  readonly readFile?: ReadFile;
}

/** A configuration ready for use. */
export interface LoadedConfig {
  readonly config: ConnectorConfig;
  /** What the administrator should know although the configuration is valid. */
  readonly warnings: readonly Finding[];
  /** How the files were that it was read from. */
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
  const parsed = parseJson(await readConfigFile(file, read));
  if ('problem' in parsed) throw refused(file, [parsed.problem]);
  const overridden = applyEnvironment(parsed.value, env, connectorSchema);
  const checked = checkConfigJson(overridden.json);
  const secrets = await resolveSecrets(checked.json, connectorSchema, { environment: env, readFile: read });
  const findings = [
    ...overridden.findings,
    ...checked.findings.map((finding) => withVariable(finding, overridden.setBy)),
    ...secrets.flatMap((secret) => secret.findings),
  ];
  if (findings.length > 0) throw refused(file, findings);
  const config = assemble(checked.json, secrets);
  const warnings = [...secrets.flatMap((secret) => secret.warnings), ...adviceFor(config)];
  return { config, warnings, fingerprints };
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

/** Says so when the value at fault came from an environment variable: the file looks innocent then. */
function withVariable(finding: Finding, setBy: ReadonlyMap<string, string>): Finding {
  const pointers = [...setBy.keys()].filter((set) => `${finding.path}/`.startsWith(`${set}/`));
  const variable = setBy.get(pointers.at(-1) ?? '');
  if (variable === undefined) return finding;
  return { ...finding, message: `${finding.message} (Set by the environment variable ${variable}.)` };
}
