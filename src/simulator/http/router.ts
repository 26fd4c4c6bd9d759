/** Finds the entry of a table by method and path. Fixed segments take precedence over placeholders. */
interface Router<T> {
  find(method: string, path: string): Match<T> | undefined;
}

export interface Match<T> {
  readonly entry: T;
  readonly params: Readonly<Record<string, string>>;
}

interface Node<T> {
  readonly fixed: Map<string, Node<T>>;
  placeholder: Node<T> | undefined;
  readonly entries: Map<string, { entry: T; names: readonly string[] }>;
}

/** Compiles a table of routes. A trailing slash in a path is ignored. */
export function createRouter<T extends { method: string; path: string }>(table: readonly T[]): Router<T> {
  const root = createNode<T>();
  for (const entry of table) insert(root, entry);
  return { find: (method, path) => search(root, segmentsOf(path), method) };
}

function createNode<T>(): Node<T> {
  return { fixed: new Map(), placeholder: undefined, entries: new Map() };
}

function insert<T extends { method: string; path: string }>(root: Node<T>, entry: T): void {
  const names: string[] = [];
  let node = root;
  for (const segment of segmentsOf(entry.path)) {
    if (segment.startsWith('{')) {
      names.push(segment.slice(1, -1));
      node = node.placeholder ??= createNode();
    } else {
      const next = node.fixed.get(segment) ?? createNode<T>();
      node.fixed.set(segment, next);
      node = next;
    }
  }
  node.entries.set(entry.method, { entry, names });
}

function search<T>(root: Node<T>, segments: readonly string[], method: string): Match<T> | undefined {
  const walk = (node: Node<T>, depth: number, values: readonly string[]): Match<T> | undefined => {
    const segment = segments[depth];
    if (segment === undefined) return toMatch(node, method, values);
    const fixed = node.fixed.get(segment);
    const found = fixed && walk(fixed, depth + 1, values);
    if (found || !node.placeholder || segment === '') return found;
    return walk(node.placeholder, depth + 1, [...values, segment]);
  };
  return walk(root, 0, []);
}

function toMatch<T>(node: Node<T>, method: string, values: readonly string[]): Match<T> | undefined {
  const found = node.entries.get(method);
  if (!found) return undefined;
  const params: Record<string, string> = {};
  found.names.forEach((name, index) => {
    params[name] = decode(values[index] ?? '');
  });
  return { entry: found.entry, params };
}

function segmentsOf(path: string): string[] {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(1, end).split('/');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
