import { errorCode, type Finding } from '../connid/errors.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { SecretReference } from './rules/rule.js';
import type { Environment } from './env-overrides.js';
import { configProperties, type ConfigProperty, isSecret, type SchemaNode } from './schema.js';
import { checkSecretUrl } from './rules/addresses.js';

/** Reads a text file; rejects as `fs.promises.readFile` does. */
export type ReadFile = (file: string) => Promise<string>;

/** Where referenced secrets can be found. */
interface SecretSources {
  readonly environment: Environment;
  readonly readFile: ReadFile;
}

/** One secret looked up: its value, `null` where there is none to look up, and what is wrong with it. */
export interface ResolvedSecret {
  readonly property: ConfigProperty;
  readonly value: GuardedString | null;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * Looks up every secret that a configuration refers to.
 * @param json - a configuration with defaults; what is no well-formed reference is passed over, because the check of
 * the form reports it.
 */
export async function resolveSecrets(
  json: unknown,
  schema: SchemaNode,
  sources: SecretSources,
): Promise<ResolvedSecret[]> {
  const secrets = configProperties(schema).filter(({ node }) => isSecret(node));
  return Promise.all(secrets.map((property) => resolveSecret(property, json, sources)));
}

async function resolveSecret(
  property: ConfigProperty,
  json: unknown,
  sources: SecretSources,
): Promise<ResolvedSecret> {
  const reference = valueAt(json, property.path);
  if (!isReference(reference)) return { property, value: null, findings: [], warnings: [] };
  const warnings = warningsOf(property, reference);
  const looked = await lookUp(reference, sources);
  if ('problem' in looked) {
    return {
      property,
      value: null,
      findings: [{ path: property.pointer, message: looked.problem }],
      warnings,
    };
  }
  const findings = typeof reference === 'string' ? [] : checkSecretUrl(property.pointer, looked.text);
  return { property, value: new GuardedString(looked.text), findings, warnings };
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

/** Text is no secret in a URL without a password. */
function warningsOf(property: ConfigProperty, reference: SecretReference): Finding[] {
  if (typeof reference !== 'string') return [];
  const isUrl = property.node.$ref?.endsWith('secretUrl') === true;
  if (isUrl && !(URL.canParse(reference) && new URL(reference).password !== '')) return [];
  const message = 'A secret stands here as plain text. Refer to it: {"env": "NAME"} or {"file": "PATH"}.';
  return [{ path: property.pointer, message }];
}

type Looked = { readonly text: string } | { readonly problem: string };

async function lookUp(reference: SecretReference, sources: SecretSources): Promise<Looked> {
  if (typeof reference === 'string') return { text: reference };
  if ('env' in reference) {
    const text = sources.environment[reference.env];
    if (text === undefined) return { problem: `The environment variable ${reference.env} is not set.` };
    return bare(text, `The environment variable ${reference.env}`);
  }
  try {
    const text = await sources.readFile(reference.file);
    return bare(text, `The file ${reference.file}`);
  } catch (thrown) {
    return { problem: `The file ${reference.file} cannot be read${errorCode(thrown)}.` };
  }
}

/** Without what editors and shells put around it: a byte order mark, and the line break at its end. */
function bare(found: string, what: string): Looked {
  const text = found.replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
  return text.trim() === '' ? { problem: `${what} is empty.` } : { text };
}
