import { nearestName } from '../../connid/nearest-name.js';
import { put, readTexts } from '../host-config.js';
import { type HostProperty, hostProperties } from '../host-properties.js';
import { snakeCase } from '../schema.js';
import { checkConfigJson } from '../validate-config.js';
import type { GivenProperty } from './java-files.js';

/** A sentence about the import, with the line that it is about; without one it is about the file. */
export interface Remark {
  readonly line?: number | undefined;
  readonly text: string;
}

/** The result of an import. */
export interface ImportedConfig {
  /** A configuration without secrets. It is complete only if there are no problems. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What has another meaning now, what was left out, and what is left to do. */
  readonly report: readonly Remark[];
  /** Why the configuration cannot be used. */
  readonly problems: readonly Remark[];
}

/** Properties that the base of the Java connector kept for itself. */
const internal = ['source', 'name', 'active', 'currentToken', 'oauth2Information'];

/** Properties that the service understands otherwise, whatever their value. */
const otherMeanings: Readonly<Record<string, string>> = {
  duplicateErrorReturnsId:
    'The Java connector adopted an existing user whatever this said, and never a group. Now true adopts users and groups, and false does not.',
  ioErrorRetries: 'The number is exact now, and pauses between the tries grow.',
};

const secretPrefix = 'ZOOM_';

/** Makes a configuration of the properties of the Java connector. */
export function configFromJava(given: readonly GivenProperty[]): ImportedConfig {
  const report: Remark[] = [];
  const lines = new Map<string, number>();
  const values = new Map<HostProperty, unknown>();
  for (const property of given) {
    const { line } = property;
    const say = (text: string): void => void report.push({ line, text });
    const known = hostProperties.find((candidate) => isNamed(candidate, property.name));
    if (known === undefined) {
      say(whyUnknown(property.name));
      continue;
    }
    if (values.has(known)) say(`${pathOf(known)} is given before, too. This value counts.`);
    lines.set(known.target.pointer, line);
    const value = readers[known.type](property.texts, known, say);
    if (value === undefined) values.delete(known);
    else values.set(known, value);
  }
  addSecret(values, report);
  report.push(...remarksOnDefaults(values));
  const config: Record<string, unknown> = {};
  for (const property of hostProperties) {
    if (values.has(property)) put(config, property.target.path, values.get(property));
  }
  const problems = checkConfigJson(config).findings.map(({ message, path }) => ({
    line: lines.get(path),
    text: `${path.slice(1).replaceAll('/', '.')}: ${message}`,
  }));
  return { config, report, problems };
}

const pathOf = ({ target }: HostProperty): string => target.path.join('.');

/** In a file a property has its path, in XML the name of its bean. */
function isNamed(property: HostProperty, name: string): boolean {
  return name === property.name || name === pathOf(property);
}

/** A name is repeated only if it resembles a known one: any other may be a secret in the wrong place. */
function whyUnknown(name: string): string {
  const last = name.split('.').at(-1) ?? '';
  if (internal.includes(last)) return `${last} was a matter of the Java connector itself. It is left out.`;
  const near = nearestName(
    name,
    hostProperties.flatMap((property) => [property.name, pathOf(property)]),
  );
  if (near === undefined) return 'This property is not known. It is left out.';
  return `${name} is not known and left out. Did you mean ${near}?`;
}

type Say = (text: string) => void;

/** Read values as the Java connector did, and tell where that is not what they seem to say. */
const readers: Readonly<
  Record<HostProperty['type'], (texts: GivenProperty['texts'], property: HostProperty, say: Say) => unknown>
> = {
  GuardedString: (texts, property, say) => {
    const [text] = texts;
    if (text?.trim() === '') return undefined;
    const variable = secretPrefix + snakeCase(property.name);
    const encrypted = text === undefined ? 'which the platform has encrypted' : 'which is not copied';
    const state = texts.length === 0 ? 'which the file lacks' : encrypted;
    say(
      `Give the service the secret ${pathOf(property)}, ${state}, in the environment variable ${variable}.`,
    );
    return { env: variable };
  },
  Boolean: ([text = ''], property, say) => {
    const word = text.trim().toLowerCase();
    if (word !== 'true' && word !== 'false') {
      say(`${pathOf(property)} is neither true nor false. The Java connector took it for false.`);
    }
    return word === 'true';
  },
  Integer: ([text = ''], property, say) => {
    if (/^[+-]?\d{1,9}$/.test(text.trim())) return Number(text);
    say(`${pathOf(property)} is no whole number. It is left out, as the Java connector did.`);
    return undefined;
  },
  String: ([text = ''], property, say) => {
    const value = text.trim();
    const { enum: words } = property.target.node;
    if (value === '' || words === undefined) return value === '' ? undefined : value;
    const word = words.find((known) => String(known).toLowerCase() === value.toLowerCase());
    if (word === undefined) {
      say(`${pathOf(property)} is none of ${words.join(', ')}. The default takes its place.`);
    }
    return word;
  },
  'String[]': (texts, property, say) => {
    const given = readTexts(
      texts.flatMap((text = '') => listed(text)).filter((item) => item !== ''),
      property,
    );
    if (given === undefined || 'value' in given) return given?.value;
    say(`${pathOf(property)} is left out: ${given.problem}`);
    return undefined;
  },
};

/** The items of a text such as `[a, b]`, or the text itself. */
function listed(text: string): readonly string[] {
  const list = /^\[(.*)\]$/s.exec(text.trim())?.[1];
  return (list === undefined ? [text] : list.split(',')).map((item) => item.trim());
}

/** The service needs the secret, which an exported resource may lack. */
function addSecret(values: Map<HostProperty, unknown>, report: Remark[]): void {
  const secret = hostProperties.find(({ name }) => name === 'clientSecret');
  if (secret === undefined || values.has(secret)) return;
  values.set(
    secret,
    readers.GuardedString([], secret, (text) => report.push({ text })),
  );
}

/** Defaults that have changed count where the file says nothing. */
function remarksOnDefaults(values: ReadonlyMap<HostProperty, unknown>): readonly Remark[] {
  return hostProperties.flatMap((property) => {
    const { initial, javaDefault, name } = property;
    const other = otherMeanings[name];
    const hasChanged = javaDefault !== undefined && javaDefault !== initial && !values.has(property);
    const now = JSON.stringify(property.target.node.default);
    return [
      ...(hasChanged
        ? [
            {
              text: `${pathOf(property)} is not given. Its default was ${String(javaDefault)} and is ${now} now.`,
            },
          ]
        : []),
      ...(other === undefined ? [] : [{ text: `${pathOf(property)}: ${other}` }]),
    ];
  });
}
