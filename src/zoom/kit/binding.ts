import type { Reader } from '../../connector/object-class/reading.js';
import type { Values } from '../../connid/attribute.js';

/**
 * How one attribute is read and written over one API.
 * `Source` and `Step` are the names of that API's sources and steps.
 */
export interface Binding<Source extends string, Step extends string> {
  /** Source → reader; preferred sources first. Without it the attribute is not readable. */
  readonly read?: Readonly<Partial<Record<Source, Reader>>>;
  /** Steps that take part in writing it at update. */
  readonly steps?: readonly Step[];
  /** Field of the body that carries it, for steps whose body is a set of fields. */
  readonly field?: string;
  /** Dotted path in the create body. Without it the attribute follows as an update. */
  readonly createField?: string;
  /** Values → JSON; by default the only value, or an empty string for none. */
  readonly encode?: (values: Values) => unknown;
}

/** Readers per attribute, as reading wants them. */
export function readersOf<S extends string, T extends string>(
  bindings: Readonly<Record<string, Binding<S, T>>>,
): Readonly<Record<string, Readonly<Partial<Record<string, Reader>>>>> {
  return Object.fromEntries(Object.entries(bindings).map(([name, { read }]) => [name, read ?? {}]));
}

/** Names of the steps that write an attribute. */
export function stepsOf<S extends string, T extends string>(
  bindings: Readonly<Record<string, Binding<S, T>>>,
): (attribute: string) => readonly string[] {
  return (attribute) => bindings[attribute]?.steps ?? [];
}

/** The body that carries these attributes, each in its field. */
export function encodeFields<S extends string, T extends string>(
  bindings: Readonly<Record<string, Binding<S, T>>>,
  values: ReadonlyMap<string, Values>,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, list] of values) {
    const binding = bindings[name];
    if (binding?.field !== undefined) body[binding.field] = encode(binding, list);
  }
  return body;
}

/** The JSON of an attribute's values. */
export function encode(binding: Pick<Binding<string, string>, 'encode'>, values: Values): unknown {
  return binding.encode === undefined ? (values[0] ?? '') : binding.encode(values);
}
