/** The members that a JSON pointer goes through, outermost first. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at the end of a path of members, undefined where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part: unknown, name) => membersIn(part)?.[name], value);
}

/**
 * A copy in which the member at the end of a path has another value, or is missing for `undefined`. Where the path does
 * not exist, nothing changes.
 */
export function withValueAt(value: unknown, [name, ...rest]: readonly string[], next: unknown): unknown {
  const members = membersIn(value);
  if (members === undefined || name === undefined || !(name in members)) return value;
  const entries = Object.entries(members).map(([key, member]): [string, unknown] => {
    if (key !== name) return [key, member];
    return [key, rest.length === 0 ? next : withValueAt(member, rest, next)];
  });
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

function membersIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}
