import type { ByteSink } from './byte-sink.js';
import type { NumberedNames } from './declared-names.js';
import type { Contents, Field, NamedField, ScalarName, Scalars } from './fields.js';
import { tags, typeRow } from './type-table.js';
import {
  type ClassReference,
  WireError,
  type WireArray,
  type WireObject,
  type WireValue,
} from './wire-value.js';

const scalarWriters: { readonly [S in ScalarName]: (sink: ByteSink, value: Scalars[S]) => void } = {
  boolean: (sink, value) => sink.byte(value ? 1 : 0),
  byte: (sink, value) => sink.byte(value),
  int: (sink, value) => sink.int(value),
  long: (sink, value) => sink.long(value),
  double: (sink, value) => sink.double(value),
  string: (sink, value) => sink.string(value),
  bytes: (sink, value) => sink.block(value),
};

/** Writes the objects of one message. */
export class ObjectWriter {
  constructor(
    private readonly sink: ByteSink,
    private readonly names: NumberedNames,
  ) {}

  value(value: WireValue): void {
    if (value === null) this.sink.byte(tags.nullClass);
    else if (value.kind === 'Array') this.#array(value);
    else if (value.kind === 'AndFilter' || value.kind === 'OrFilter') this.#chain(value.kind, value.items);
    else this.#object(value);
    this.sink.byte(tags.end);
  }

  #object(value: Exclude<WireObject, WireArray>): void {
    this.#class(value.kind);
    const members: Readonly<Record<string, unknown>> = { ...value };
    for (const [member, field] of typeRow(value.kind)?.fields ?? []) {
      this.#field(member, field, members[member]);
    }
  }

  #field(member: string, field: Field, value: unknown): void {
    if (field.place === 'items' || field.place === 'chain') {
      this.#items(value as readonly WireValue[]);
    } else if (field.place === 'positional') {
      this.#anonymous(() => this.#contents(field.contents, value));
    } else if (!isLeftOut(field, value)) {
      this.sink.byte(tags.namedField);
      this.sink.int(this.names.code(member));
      this.#measured(() => this.#contents(field.contents, value));
    }
  }

  #contents(contents: Contents, value: unknown): void {
    if (contents === 'object') this.value(value as WireValue);
    else if (contents === 'class') this.#class(value as ClassReference);
    else writeScalar(this.sink, contents, value);
  }

  #array({ component, items }: WireArray): void {
    this.#class(`${component}[]`);
    this.#items(items);
  }

  /** Operands are written as pairs within pairs: each but the last is the left one, the rest is on its right. */
  #chain(kind: 'AndFilter' | 'OrFilter', operands: readonly WireValue[]): void {
    if (operands.length === 0) throw new WireError(`${kind} without operands`);
    const places: number[] = [];
    const last = Math.max(operands.length - 1, 1);
    operands.slice(0, last).forEach((operand, index) => {
      if (index > 0) places.push(this.#openAnonymous());
      this.#class(kind);
      this.#anonymous(() => this.value(operand));
    });
    this.#anonymous(() => this.value(operands[last] ?? null));
    for (const place of places.reverse()) {
      this.sink.byte(tags.end);
      this.sink.fillLength(place);
    }
  }

  #items(items: readonly WireValue[]): void {
    for (const item of items) this.#anonymous(() => this.value(item));
  }

  #anonymous(write: () => void): void {
    const place = this.#openAnonymous();
    write();
    this.sink.fillLength(place);
  }

  #openAnonymous(): number {
    this.sink.byte(tags.anonymousField);
    return this.sink.reserveLength();
  }

  #measured(write: () => void): void {
    const place = this.sink.reserveLength();
    write();
    this.sink.fillLength(place);
  }

  #class(reference: ClassReference): void {
    const isArray = reference.endsWith('[]');
    if (isArray) this.sink.byte(tags.arrayClass);
    this.sink.byte(tags.namedClass);
    this.sink.int(this.names.code(isArray ? reference.slice(0, -2) : reference));
  }
}

/** Java writes `null` as an object, but not as a string or class. */
function isLeftOut({ contents, initial, sparse }: NamedField, value: unknown): boolean {
  if (value === null) return contents !== 'object';
  return sparse === true && value === initial;
}

/** The table says which scalar a member is, and the type of the member follows from the same table. */
function writeScalar(sink: ByteSink, scalar: ScalarName, value: unknown): void {
  const write = scalarWriters[scalar] as (sink: ByteSink, value: unknown) => void;
  write(sink, value);
}
