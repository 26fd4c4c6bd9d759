import { configProperties, type SchemaNode } from '../config/schema.js';
import { code, page, table } from './markdown.js';

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
};

/** The type of a property's values, in a few words. */
export function typeOf(node: SchemaNode): string {
  if (node.$ref !== undefined) return node.$ref.endsWith('secretUrl') ? 'secret URL' : 'secret';
  if (node.format === 'uri') return 'URL';
  if (node.enum !== undefined) return literals(node.enum);
  if (node.oneOf !== undefined) return 'object, one of those below';
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(' or ');
  if (node.items !== undefined) return `list of ${most(node.maxItems)}${plural(typeOf(node.items))}`;
  const variant = variantText(node);
  if (variant !== undefined) return variant;
  const type = [node.type].flat().find((name) => name !== 'null');
  const members = node.maxProperties === undefined ? '' : ` of ${most(node.maxProperties)}members`;
  return `${names[type ?? ''] ?? 'any JSON'}${members}${range(node)}`;
}

function most(limit: number | undefined): string {
  return limit === undefined ? '' : `at most ${limit} `;
}

/** An alternative of an object: its distinguishing value and its other members. */
function variantText({ properties = {}, required = [] }: SchemaNode): string | undefined {
  const fixed = Object.entries(properties).find(([, member]) => member.const !== undefined);
  if (fixed === undefined) return undefined;
  const others = Object.entries(properties).filter(([name]) => name !== fixed[0]);
  const described = others.map(
    ([name, member]) => `${code(name)}${required.includes(name) ? '' : '?'}: ${typeOf(member)}`,
  );
  return [`${code(fixed[0])}: ${code(JSON.stringify(fixed[1].const))}`, ...described].join('; ');
}

function literals(values: readonly unknown[]): string {
  return values.map((value) => code(JSON.stringify(value))).join(', ');
}

function range({ minimum, exclusiveMinimum, maximum }: SchemaNode): string {
  const from = exclusiveMinimum === undefined ? minimum : `above ${exclusiveMinimum}`;
  if (from !== undefined && maximum !== undefined) return `, ${from} to ${maximum}`;
  return from === undefined || from === 0 ? '' : `, at least ${from}`;
}

function plural(type: string): string {
  return type === 'text' ? 'texts' : type === 'object' ? 'objects' : type;
}

/** The default of a property; `none` if it has none. */
function defaultOf({ default: value }: SchemaNode): string {
  return value === null || value === undefined ? 'none' : code(JSON.stringify(value));
}

const introduction = `The service reads one file, by default \`connector.json\`. All properties are optional unless the table says
"required"; names that are not listed are refused. An environment variable can override each property: its path in upper snake case with \`__\` between
the levels, such as \`CONNECTOR_RESULTS__DEEP_GET=false\`; in a connector \`eu-1\` of several, \`CONNECTOR_CONNECTORS__EU_1__RESULTS__DEEP_GET\`. The value of a variable is JSON unless the property is text. An empty value means "none" for properties that may be absent.

A secret is a reference, \`{"env": "NAME"}\` or \`{"file": "PATH"}\`, or plain text, which causes a warning. The variable of a secret contains the secret itself.
The service reads the file and the files of secrets again when they change. Settings under \`server\` take effect after a restart. The members of lists have no variables: set the whole list.`;

/** Renders the page about `connector.json`. */
export function configurationPage(schema: SchemaNode): string {
  const groups = Object.entries(schema.properties ?? {}).filter(([name]) => !name.startsWith('$'));
  const variables = new Map(
    configProperties(schema).map(({ path, variable }) => [path.join('.'), variable] as const),
  );
  const sections = groups.map(([name, group]) => section(name, group, variables));
  return page('Configuration', 'schemas/connector.schema.json', [introduction, ...sections]);
}

type Row = readonly [path: string, node: SchemaNode, isRequired: boolean];

function section(name: string, group: SchemaNode, variables: ReadonlyMap<string, string>): string {
  // The members of `connectors` have names of their own, and the groups of the other sections.
  const rowsOf: Row[] = group.properties === undefined ? [[name, group, false]] : members(name, group);
  const rows = rowsOf.map(([path, node, isRequired]) => {
    const variable = variables.get(path);
    const meaning = node.description ?? '';
    const initial = isRequired ? 'required' : defaultOf(node);
    return [code(path), typeOf(node), initial, meaning, variable === undefined ? '' : code(variable)];
  });
  const headings = ['Property', 'Type', 'Default', 'Meaning', 'Environment variable'];
  return `## ${name}\n\n${group.description ?? ''}\n\n${table(headings, rows)}`;
}

/** The members of an object, or of the items of a list. Each is followed by its own members. */
function members(path: string, node: SchemaNode): Row[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, member]): Row[] => {
    const memberPath = `${path}.${name}`;
    const rest = members(memberPath, member);
    // A group that is always present needs no row: its members have rows.
    const isPlainGroup = member.properties !== undefined && member.type === 'object';
    const isRequired = node.required?.includes(name) === true;
    return isPlainGroup && !isRequired && member.default !== undefined
      ? rest
      : [[memberPath, member, isRequired], ...rest];
  });
  const variants = (node.oneOf ?? []).map((variant): Row => [path, variant, true]);
  return [...own, ...variants, ...(node.items === undefined ? [] : members(`${path}[]`, node.items))];
}
