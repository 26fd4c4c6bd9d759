import { type Filter, parse } from 'scim2-parse-filter';

/** A comparison for equality, the only kind of filter that Zoom knows. */
interface Equality {
  readonly attribute: string;
  readonly value: string;
}

/** Reads `attribute eq value`, with or without quotes around the value; undefined for anything else. */
export function readEquality(text: string): Equality | undefined {
  return toEquality(tryParse(text) ?? tryParse(quoted(text)));
}

/** Reads the path of a removal, `members[value eq "…"]`, and returns the value. */
export function readMemberPath(path: string): string | undefined {
  const filter = tryParse(path);
  if (filter?.op !== '[]' || !('valFilter' in filter) || filter.attrPath !== 'members') return undefined;
  const equality = toEquality(filter.valFilter);
  return equality?.attribute === 'value' ? equality.value : undefined;
}

function toEquality(filter: Filter | undefined): Equality | undefined {
  if (filter?.op !== 'eq' || !('compValue' in filter)) return undefined;
  return { attribute: filter.attrPath, value: unescaped(String(filter.compValue)) };
}

/** The parser undoes `\"` and leaves the other escapes of a JSON string, which is what a value is (RFC 7644, 3.4.2.2). */
function unescaped(value: string): string {
  try {
    return String(JSON.parse(`"${value.replaceAll('"', '\\"')}"`));
  } catch {
    return value;
  }
}

function quoted(text: string): string {
  const [attribute = '', operator = '', ...rest] = text.trim().split(/\s+/);
  return `${attribute} ${operator} ${JSON.stringify(rest.join(' '))}`;
}

function tryParse(text: string): Filter | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
