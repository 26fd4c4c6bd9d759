import type { Reader } from '../../connector/object-class/reading.js';
import type { Values } from '../../connid/attribute.js';

/**
 * The reads and writes of one attribute over one API.
 * `Source` and `Step` are the names of that API's sources and steps.
 */
export interface Binding<Source extends string, Step extends string> {
  /** Source → reader; preferred sources first. Without it the attribute cannot be read. */
  readonly read?: Readonly<Partial<Record<Source, Reader>>>;
  /** The steps of an update that write it. */
  readonly steps?: readonly Step[];
  /** Its field in the body, for steps whose body is a set of fields. */
  readonly field?: string;
  /** Its dotted path in the create body. Without it an update after the create writes the attribute. */
  readonly createField?: string;
  /** Values → JSON; by default the only value, or an empty string for none. */
  readonly encode?: (values: Values) => unknown;
}

/** The readers of all attributes, for a reading table. */
export function readersOf<S extends string, T extends string>(
  bindings: Readonly<Record<string, Binding<S, T>>>,
): Readonly<Record<string, Readonly<Partial<Record<string, Reader>>>>> {
  return Object.fromEntries(Object.entries(bindings).map(([name, { read }]) => [name, read ?? {}]));
}

/** The names of the steps that write an attribute. */
export function stepsOf<S extends string, T extends string>(
  bindings: Readonly<Record<string, Binding<S, T>>>,
): (attribute: string) => readonly string[] {
  return (attribute) => bindings[attribute]?.steps ?? [];
}

/** A body with these attributes, each in its field. */
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
