import type { Finding } from '../connid/errors.js';
import { nearestName } from '../connid/nearest-name.js';
import {
  configProperties,
  type ConfigProperty,
  connectorSchema,
  pointer,
  snakeCase,
  variablePrefix,
} from './schema.js';

/** The name of the only connector of a configuration without `connectors`. */
export const plainName = '';

/** The form of the names of connectors, which stand in paths and variables. */
const nameForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longestName = 63;
const maxAccounts = 1000;

type Json = Readonly<Record<string, unknown>>;

const topGroups = Object.keys(connectorSchema.properties ?? {}).filter((name) => !name.startsWith('$'));

/** The groups that belong to one account. */
export const accountGroups: readonly string[] = Object.keys(
  connectorSchema.$defs?.['account']?.properties ?? {},
);

const globalGroups = topGroups.filter((name) => name !== 'connectors' && !accountGroups.includes(name));

/** One account of a configuration, as a configuration of its own: with the global groups, without `connectors`. */
export interface Account {
  readonly name: string;
  readonly json: unknown;
  /** The place of a property in the whole configuration. @param path - JSON pointer in this one. */
  readonly placeOf: (path: string) => string;
}

/** The accounts of a configuration, and what is wrong with their form. */
export interface Accounts {
  readonly accounts: readonly Account[];
  readonly findings: readonly Finding[];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True if the configuration has several connectors, each with a name. */
function hasNames(json: unknown): json is Json {
  return isObject(json) && json['connectors'] !== undefined && json['connectors'] !== null;
}

/** Divides a configuration into its accounts. One without `connectors` is that of its only account. */
export function accountsOf(json: unknown): Accounts {
  if (!hasNames(json)) {
    return { accounts: [{ name: plainName, json, placeOf: (path) => path }], findings: [] };
  }
  const { connectors, ...rest } = json;
  const beside = accountGroups.filter((group) => rest[group] !== undefined);
  const besideFindings = beside.map((group) => ({ path: pointer([group]), message: besideConnectors }));
  if (!isObject(connectors)) {
    return {
      accounts: [],
      findings: [{ path: '/connectors', message: 'Must be an object.' }, ...besideFindings],
    };
  }
  const shared = Object.fromEntries(Object.entries(rest).filter(([name]) => !beside.includes(name)));
  const names = Object.keys(connectors);
  const accounts = names.filter(isName).slice(0, maxAccounts);
  return {
    accounts: accounts.map((name) => accountOf(name, connectors[name], shared)),
    findings: [
      ...besideFindings,
      ...countFindings(names),
      ...names.flatMap((name, index) => nameFindings(name, index)),
      ...accounts.flatMap((name) => memberFindings(name, connectors[name])),
    ],
  };
}

const besideConnectors =
  'Stands beside "connectors": move it into each of the connectors that it is meant for.';

function isName(name: string): boolean {
  return name.length <= longestName && nameForm.test(name);
}

function countFindings({ length }: readonly string[]): Finding[] {
  if (length === 0) return [{ path: '/connectors', message: 'Must name a connector.' }];
  if (length <= maxAccounts) return [];
  return [{ path: '/connectors', message: `Must have at most ${maxAccounts} members.` }];
}

/** The name is not repeated: it may be a secret in the wrong place. */
function nameFindings(name: string, index: number): Finding[] {
  if (isName(name)) return [];
  const form = `lower-case letters and digits, with single hyphens between them, at most ${longestName}`;
  return [{ path: '/connectors', message: `The name of member ${index + 1} must consist of ${form}.` }];
}

function memberFindings(name: string, account: unknown): Finding[] {
  const place = pointer(['connectors', name]);
  if (!isObject(account)) return [{ path: place, message: 'Must be an object.' }];
  return Object.keys(account)
    .filter((member) => !accountGroups.includes(member))
    .map((member, index) => {
      if (globalGroups.includes(member)) {
        const message = 'Belongs beside "connectors": it holds for all of them.';
        return { path: place + pointer([member]), message };
      }
      const suggestion = nearestName(member, accountGroups);
      return suggestion === undefined
        ? { path: place, message: `The name of unknown member ${index + 1} is unknown.` }
        : { path: place + pointer([member]), message: `Unknown property. Did you mean "${suggestion}"?` };
    });
}

function accountOf(name: string, account: unknown, shared: Json): Account {
  const own = isObject(account)
    ? Object.fromEntries(Object.entries(account).filter(([group]) => accountGroups.includes(group)))
    : {};
  const place = pointer(['connectors', name]);
  return {
    name,
    json: { ...shared, ...own },
    placeOf: (path) => (accountGroups.includes(path.split('/')[1] ?? '') ? place + path : path),
  };
}

/**
 * The properties of a configuration that variables can override: those of each of its accounts.
 * @param names - of its connectors; none for a configuration without `connectors`.
 */
export function overridableProperties(names: readonly string[]): readonly ConfigProperty[] {
  const all = configProperties(connectorSchema);
  if (names.length === 0) return all;
  const isOfAccount = ({ path: [group = ''] }: ConfigProperty): boolean => accountGroups.includes(group);
  const ofAccounts = names
    .filter(isName)
    .flatMap((name) => all.filter(isOfAccount).map((property) => inAccount(name, property)));
  return [...all.filter((property) => !isOfAccount(property)), ...ofAccounts];
}

/** A property of an account, such as `CONNECTOR_CONNECTORS__EU_1__RESULTS__DEEP_GET`. */
function inAccount(name: string, { node, path }: ConfigProperty): ConfigProperty {
  const place = ['connectors', name, ...path];
  const words = ['connectors', name.replace(/-/g, '_'), ...path];
  return {
    path: place,
    pointer: pointer(place),
    variable: variablePrefix + words.map(snakeCase).join('__'),
    node,
  };
}

/** The names of the connectors of a configuration, none without `connectors`. */
export function connectorNames(json: unknown): readonly string[] {
  if (!hasNames(json)) return [];
  return isObject(json['connectors']) ? Object.keys(json['connectors']) : [];
}
