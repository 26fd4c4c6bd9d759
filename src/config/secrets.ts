import { errorCode, type Finding } from '../connid/errors.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { SecretReference } from './rules/rule.js';
import type { Environment } from './env-overrides.js';
import { configProperties, type ConfigProperty, isSecret, type SchemaNode } from './schema.js';
import { checkSecretUrl } from './rules/addresses.js';

/** Reads a text file. Rejects like `fs.promises.readFile`. */
export type ReadFile = (file: string) => Promise<string>;

/** The places that references to secrets can name. */
interface SecretSources {
  readonly environment: Environment;
  readonly readFile: ReadFile;
}

/** The result of looking up a secret. */
export interface ResolvedSecret {
  readonly property: ConfigProperty;
  /** `null` if the configuration has no valid reference, or the look-up failed. */
  readonly value: GuardedString | null;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * Looks up every secret that a configuration refers to.
 * @param json - a configuration with defaults. Malformed references are skipped, because the schema check reports them.
 */
export async function resolveSecrets(
  json: unknown,
  schema: SchemaNode,
  sources: SecretSources,
): Promise<ResolvedSecret[]> {
  const secrets = configProperties(schema).flatMap((property) => secretsOf(property, json));
  return Promise.all(secrets.map((property) => resolveSecret(property, json, sources)));
}

/** The property itself if it is a secret, or the items of a list of secrets. */
function secretsOf(property: ConfigProperty, json: unknown): ConfigProperty[] {
  if (isSecret(property.node)) return [property];
  const { items } = property.node;
  const list = valueAt(json, property.path);
  if (items === undefined || !isSecret(items) || !Array.isArray(list)) return [];
  return list.map((_item, index) => itemOf(property, items, index));
}

function itemOf(
  { path, pointer, variable }: ConfigProperty,
  node: SchemaNode,
  index: number,
): ConfigProperty {
  return { node, variable, path: [...path, String(index)], pointer: `${pointer}/${index}` };
}

async function resolveSecret(
  property: ConfigProperty,
  json: unknown,
  sources: SecretSources,
): Promise<ResolvedSecret> {
  const reference = valueAt(json, property.path);
  if (!isReference(reference)) return { property, value: null, findings: [], warnings: [] };
  const warnings = warningsOf(property, reference);
  const found = await lookUp(reference, sources);
  if ('problem' in found) {
    return {
      property,
      value: null,
      findings: [{ path: property.pointer, message: found.problem }],
      warnings,
    };
  }
  const findings = typeof reference === 'string' ? [] : checkSecretUrl(property.pointer, found.text);
  return { property, value: new GuardedString(found.text), findings, warnings };
}

function valueAt(json: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    json,
  );
}

function isReference(value: unknown): value is SecretReference {
  if (typeof value === 'string') return value !== '';
  if (typeof value !== 'object' || value === null) return false;
  const [name, ...others] = Object.keys(value);
  const place = Object.values(value)[0] as unknown;
  return (name === 'env' || name === 'file') && others.length === 0 && typeof place === 'string';
}

/** Warns about a secret in plain text. A URL without a password is not a secret. */
function warningsOf(property: ConfigProperty, reference: SecretReference): Finding[] {
  if (typeof reference !== 'string') return [];
  const isUrl = property.node.$ref?.endsWith('secretUrl') === true;
  if (isUrl && !(URL.canParse(reference) && new URL(reference).password !== '')) return [];
  const message = 'This secret is in plain text. Refer to it: {"env": "NAME"} or {"file": "PATH"}.';
  return [{ path: property.pointer, message }];
}

type LookUp = { readonly text: string } | { readonly problem: string };

async function lookUp(reference: SecretReference, sources: SecretSources): Promise<LookUp> {
  if (typeof reference === 'string') return { text: reference };
  if ('env' in reference) {
    const text = sources.environment[reference.env];
    if (text === undefined) return { problem: `The environment variable ${reference.env} is not set.` };
    return trimmed(text, `The environment variable ${reference.env}`);
  }
  try {
    const text = await sources.readFile(reference.file);
    return trimmed(text, `The file ${reference.file}`);
  } catch (thrown) {
    return { problem: `The file ${reference.file} cannot be read${errorCode(thrown)}.` };
  }
}

/** Removes a byte order mark and the line break at the end, which editors and shells add. */
function trimmed(content: string, what: string): LookUp {
  const text = content.replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
  return text.trim() === '' ? { problem: `${what} is empty.` } : { text };
}
