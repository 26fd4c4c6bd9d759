import { configProperties, type SchemaNode } from '../config/schema.js';
import { code, page, table } from './markdown.js';
import { defaultOf, typeOf } from './value-text.js';

const introduction = `The service reads one file, \`connector.json\` unless told otherwise. All properties are optional unless the table says
"required"; names that are not listed are refused. Each property can be overridden by an environment variable: its path in upper snake case with \`__\` between
the levels, such as \`CONNECTOR_RESULTS__DEEP_GET=false\`. The value of a variable is JSON unless the property is text; an empty value means "none" where there may be none.

A secret is a reference, \`{"env": "NAME"}\` or \`{"file": "PATH"}\`, or plain text, which is warned about. The variable of a secret holds the secret itself.
The file, and the files of secrets, are read again when they change; what stands under \`server\` takes effect after a restart. For the members of lists there are no variables: set the whole list.`;

/** The page about `connector.json`. */
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

/** Members of an object or of the items of a list, each followed by its own. */
function members(path: string, node: SchemaNode): Row[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, member]): Row[] => {
    const memberPath = `${path}.${name}`;
    const rest = members(memberPath, member);
    // A group that can not be absent says nothing that its members do not say.
    const isPlainGroup = member.properties !== undefined && member.type === 'object';
    const isRequired = node.required?.includes(name) === true;
    return isPlainGroup && !isRequired && member.default !== undefined
      ? rest
      : [[memberPath, member, isRequired], ...rest];
  });
  const variants = (node.oneOf ?? []).map((variant): Row => [path, variant, true]);
  return [...own, ...variants, ...(node.items === undefined ? [] : members(`${path}[]`, node.items))];
}
