import { ConnectorError, type Finding } from '../connid/errors.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { ConnectorConfig } from './connector-config.js';
import { type HostProperty, hostProperties } from './host-properties.js';
import { assemble, type FoundSecret } from './load-config.js';
import { checkConfigJson } from './validate-config.js';

type Json = Record<string, unknown>;

/** Stands for a secret while the form of a configuration is checked. */
const reference = { env: 'SECRET' };

/**
 * The configuration that a host sends, completed from that of the service. A property without a value has its default.
 * @param values - by name of the property. Names that are no properties are left out.
 * @throws ConnectorError `configuration`, with one message that names every wrong property.
 */
export function hostConfig(base: ConnectorConfig, values: ReadonlyMap<string, unknown>): ConnectorConfig {
  const found: FoundSecret[] = [];
  const json = withReferences(base, [], found) as Json;
  for (const { target } of hostProperties) remove(json, target.path);
  const secrets = found.filter(({ property }) => valueAt(json, property.path) !== undefined);
  const findings: Finding[] = [];
  for (const { target, ...property } of hostProperties) {
    const given = readValue(property, values.get(property.name));
    if (given === undefined) continue;
    if ('problem' in given) findings.push({ path: target.pointer, message: given.problem });
    else if (given.value instanceof GuardedString) secrets.push({ property: target, value: given.value });
    put(
      json,
      target.path,
      'problem' in given || given.value instanceof GuardedString ? reference : given.value,
    );
  }
  leaveOutTransfer(json);
  const malformed = new Set(findings.map(({ path }) => path));
  const checked = checkConfigJson(json);
  const problems = [...findings, ...checked.findings.filter(({ path }) => !malformed.has(path))];
  if (problems.length > 0) throw refusedProperties(problems);
  return assemble(checked.json, secrets);
}

/** A copy with references in place of secrets, which are collected. */
function withReferences(value: unknown, path: readonly string[], found: FoundSecret[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof GuardedString) {
    found.push({ property: { path }, value });
    return reference;
  }
  const copy = (member: unknown, name: string | number): unknown =>
    withReferences(member, [...path, String(name)], found);
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member, name)]));
}

function remove(json: Json, path: readonly string[]): void {
  const parent = valueAt(json, path.slice(0, -1));
  if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, path.at(-1) ?? '');
}

function valueAt(json: Json, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Json)[name] : undefined),
    json,
  );
}

/** Sets the value at a path, with the groups on its way. */
export function put(json: Json, path: readonly string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce((group, name) => (group[name] ??= {}) as Json, json);
  parent[path.at(-1) ?? ''] = value;
}

/** Hosts send every property. Without an address and anything to transfer there is no transfer. */
function leaveOutTransfer(json: Json): void {
  const transfer = valueAt(json, ['custom', 'transferOnDelete']);
  if (typeof transfer !== 'object' || transfer === null) return;
  const isUsed = Object.values(transfer).some((value) => value !== false);
  if (!isUsed) remove(json, ['custom', 'transferOnDelete']);
}

/** The value of a property, or a sentence about its form. */
type Given = { readonly value: unknown } | { readonly problem: string };

type Form = Omit<HostProperty, 'target'>;

/** Readers of values; `undefined` if there is no value: a blank text or an empty list. */
const readers: Readonly<Record<Form['type'], (value: unknown, form: Form) => Given | undefined>> = {
  GuardedString: readSecret,
  String: readText,
  Boolean: (value) => (typeof value === 'boolean' ? { value } : { problem: 'Must be true or false.' }),
  Integer: (value) => (Number.isInteger(value) ? { value } : { problem: 'Must be a whole number.' }),
  'String[]': readTexts,
};

function readValue(form: Form, value: unknown): Given | undefined {
  return value === null || value === undefined ? undefined : readers[form.type](value, form);
}

function readSecret(value: unknown): Given | undefined {
  if (!(value instanceof GuardedString)) return { problem: 'Must be a guarded text.' };
  return value.reveal() === '' ? undefined : { value };
}

function readText(value: unknown): Given | undefined {
  if (typeof value !== 'string') return { problem: 'Must be a text.' };
  return value.trim() === '' ? undefined : { value };
}

/** The value of a property that is a list of texts; `undefined` for an empty list. */
export function readTexts(value: unknown, { pairs }: Pick<Form, 'pairs'>): Given | undefined {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    return { problem: 'Must be a list of texts.' };
  }
  if (value.length === 0) return undefined;
  return pairs === undefined ? { value } : readPairs(value, pairs);
}

function readPairs(entries: readonly string[], pairs: NonNullable<Form['pairs']>): Given {
  const split = entries.map((entry) =>
    /^([^=]+)=(.+)$/s
      .exec(entry)
      ?.slice(1)
      .map((part) => part.trim()),
  );
  if (split.some((pair) => pair === undefined))
    return { problem: 'Each entry must have the form NAME=VALUE.' };
  const parts = split.map((pair) => [pair?.[0] ?? '', pair?.[1] ?? ''] as const);
  if (pairs === 'object') return { value: Object.fromEntries(parts) };
  return { value: parts.map(([attribute, name]) => ({ name, attribute })) };
}

/** The error of a host's configuration. It names the properties, because hosts do not know the paths of the findings. */
export function refusedProperties(findings: readonly Finding[]): ConnectorError {
  const sentences = findings.map(({ message, path }) => `${nameOf(path)}: ${message}`);
  return new ConnectorError('configuration', `The configuration cannot be used. ${sentences.join(' ')}`);
}

const propertyNames = new Map(hostProperties.map(({ name, target }) => [target.path.join('.'), name]));

/** Matches a path in a sentence: names with dots between them. */
const dottedPath = /(?<![\w.])[a-z]\w*(?:\.\w+)+/g;

/** A text in the terms of hosts: paths of `connector.json` become names of properties. Other paths stay. */
export function withPropertyNames(text: string): string {
  return text.replaceAll(dottedPath, (path) => propertyNames.get(path) ?? path);
}

/** The property that a finding is about; the place in `connector.json` if hosts have no such property. */
function nameOf(path: string): string {
  const property = hostProperties.find(({ target }) => `${path}/`.startsWith(`${target.pointer}/`));
  return property?.name ?? path;
}
