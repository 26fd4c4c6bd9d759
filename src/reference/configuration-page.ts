import { configProperties, type SchemaNode } from '../config/schema.js';
import { code, page, table } from './markdown.js';
import { defaultOf, typeOf } from './value-text.js';

const introduction = `The service reads one file, by default \`connector.json\`. All properties are optional unless the table says
"required"; names that are not listed are refused. An environment variable can override each property: its path in upper snake case with \`__\` between
the levels, such as \`CONNECTOR_RESULTS__DEEP_GET=false\`. The value of a variable is JSON unless the property is text. An empty value means "none" for properties that may be absent.

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
  const rows = members(name, group).map(([path, node, isRequired]) => {
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
