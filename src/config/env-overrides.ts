import type { Finding } from '../connid/errors.js';
import { nearestName } from '../connid/nearest-name.js';
import { connectorNames, overridableProperties } from './accounts.js';
import { type ConfigProperty, isNullable, isSecret, isText, mayBeText, variablePrefix } from './schema.js';

/** Environment variables, in the form of `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

type JsonObject = Record<string, unknown>;

/** A configuration with the values of environment variables. */
export interface Overridden {
  readonly json: unknown;
  readonly findings: readonly Finding[];
  /** JSON pointer → name of the variable that set this value. */
  readonly setBy: ReadonlyMap<string, string>;
}

/** Names of variables in which Kubernetes describes services to every container. They may begin with our prefix. */
const kubernetesService = /_SERVICE_HOST$|_SERVICE_PORT(_|$)|_PORT_\d+_(TCP|UDP|SCTP)(_|$)/;

/**
 * Overrides properties of a configuration by environment variables, such as `CONNECTOR_RESULTS__DEEP_GET=false`.
 * The variable of a property overrides the variable of its group.
 * @param json - the parsed file. It is not changed.
 */
export function applyEnvironment(json: unknown, environment: Environment): Overridden {
  const properties = overridableProperties(connectorNames(withConnectors(json, environment)));
  const result: unknown = structuredClone(json);
  const findings = unknownVariables(environment, properties, variablesReferredTo(json));
  const setBy = new Map<string, string>();
  for (const property of properties) {
    const text = environment[property.variable];
    if (text === undefined) continue;
    const read = readValue(property, text);
    if ('problem' in read) findings.push(read.problem);
    else if (assign(result, property.path, read.value)) setBy.set(property.pointer, property.variable);
  }
  return { json: result, findings, setBy };
}

/** The configuration with the connectors that a variable gives as a whole, for their names. */
function withConnectors(json: unknown, environment: Environment): unknown {
  const text = environment[`${variablePrefix}CONNECTORS`];
  if (text === undefined || !isObject(json)) return json;
  return { ...json, connectors: parsed(text) };
}

function unknownVariables(
  environment: Environment,
  properties: readonly ConfigProperty[],
  referredTo: ReadonlySet<string>,
): Finding[] {
  const known = properties.map((property) => property.variable);
  return Object.keys(environment)
    .filter((name) => name.startsWith(variablePrefix) && !known.includes(name) && !referredTo.has(name))
    .filter((name) => !isKubernetesService(name, environment[name] ?? ''))
    .map((name) => {
      const suggestion = nearestName(name, known);
      const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
      return { path: '', message: `The environment variable ${name} names no property.${hint}` };
    });
}

function isKubernetesService(name: string, value: string): boolean {
  return !name.includes('__') && (kubernetesService.test(name) || /^(tcp|udp|sctp):\/\//.test(value));
}

/** The variables that references `{"env": NAME}` name. They may begin with our prefix without being overrides. */
function variablesReferredTo(json: unknown): Set<string> {
  if (typeof json !== 'object' || json === null) return new Set();
  const own = 'env' in json && typeof json.env === 'string' ? [json.env] : [];
  return new Set([...own, ...Object.values(json).flatMap((value) => [...variablesReferredTo(value)])]);
}

type Read = { readonly value: unknown } | { readonly problem: Finding };

function readValue({ node, pointer, variable }: ConfigProperty, text: string): Read {
  if (text === '' && isNullable(node)) return { value: null };
  if (isText(node)) return { value: text };
  const json = parsed(text);
  // The configuration does not copy the secret; it refers to the variable.
  if (isSecret(node)) return { value: typeof json === 'object' ? json : { env: variable } };
  if (json !== undefined) return { value: json };
  if (mayBeText(node)) return { value: text };
  const message = `The environment variable ${variable} must be JSON, such as ${JSON.stringify(node.default)}.`;
  return { problem: { path: pointer, message } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sets the value at a path.
 * @returns false if a group on the path is not an object, which validation reports.
 */
function assign(root: unknown, path: readonly string[], value: unknown): boolean {
  const [name, ...rest] = path;
  if (name === undefined || !isObject(root)) return false;
  if (rest.length === 0) {
    root[name] = value;
    return true;
  }
  root[name] ??= {};
  return assign(root[name], rest, value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
