import type { Cursor } from './cursor.js';
import type { DeclaredNames } from './declared-names.js';
import type { Contents, ScalarName, Scalars } from './fields.js';
import type { Limits } from './limits.js';
import { type TypeRow, isClassName, tags, typeRow } from './type-table.js';
import {
  type ClassName,
  type ClassReference,
  WireError,
  type WireObject,
  type WireValue,
} from './wire-value.js';

type ReadClass = { readonly name: string; readonly isArray: boolean } | null;

const scalarReaders: { readonly [S in ScalarName]: (cursor: Cursor) => Scalars[S] } = {
  boolean: (cursor) => cursor.byte() !== 0,
  byte: (cursor) => (cursor.byte() << 24) >> 24,
  int: (cursor) => cursor.int(),
  long: (cursor) => cursor.long(),
  double: (cursor) => cursor.double(),
  string: (cursor) => cursor.string(),
  bytes: (cursor) => cursor.block(),
};

/** Reads the objects of one message. */
export class ObjectReader {
  #objects = 0;

  constructor(
    private readonly cursor: Cursor,
    private readonly names: DeclaredNames,
    private readonly limits: Limits,
  ) {}

  /** @param depth - number of objects around this one. */
  value(depth = 0): WireValue {
    this.#countObject();
    if (depth >= this.limits.depth) throw new WireError('Too many objects within each other');
    const read = this.#class();
    if (read === null) {
      this.#fields(() => this.cursor.skip());
      return null;
    }
    if (read.isArray) return this.#array(knownClass(read.name), depth);
    const row = typeRow(read.name);
    if (row === undefined) throw new WireError(`No deserializer for type: ${read.name}`);
    if (row.chain !== undefined) return this.#built(row, { items: this.#operands(row, depth) });
    return this.#object(row, depth);
  }

  #object(row: TypeRow, depth: number): WireObject {
    const members: Record<string, unknown> = {};
    for (const [member, { initial }] of row.named) members[member] = initial;
    const items: WireValue[] = [];
    if (row.items !== undefined) members['items'] = items;
    let place = 0;
    this.#fields((name) => {
      const [member, field] =
        name === undefined ? (row.positional[place] ?? []) : [name, row.named.get(name)];
      if (name === undefined) place += 1;
      if (field !== undefined && member !== undefined) {
        members[member] = this.#contents(field.contents, field.of, depth);
      } else if (name === undefined && row.items !== undefined) {
        items.push(this.#item(row.items.of, depth));
      } else this.cursor.skip();
    });
    if (place < row.positional.length) throw new WireError(`A field of ${row.kind} is missing`);
    return this.#built(row, members);
  }

  /** The table is the source of the members here, and of the type of the object. */
  #built({ kind }: TypeRow, members: Readonly<Record<string, unknown>>): WireObject {
    return { kind, ...members } as unknown as WireObject;
  }

  #contents(contents: Contents, of: string | undefined, depth: number): unknown {
    if (contents === 'class') return this.#classReference();
    if (contents !== 'object') return scalarReaders[contents](this.cursor);
    const value = this.value(depth + 1);
    if (value !== null && of !== 'any' && value.kind !== of) throw unexpectedKind(value, of);
    return value;
  }

  #item(of: string, depth: number): WireValue {
    const value = this.value(depth + 1);
    if (of !== 'any' && value?.kind !== of) throw unexpectedKind(value, of);
    return value;
  }

  #array(component: ClassName, depth: number): WireObject {
    const items: WireValue[] = [];
    this.#fields((name) => {
      if (name === undefined) items.push(this.value(depth + 1));
      else this.cursor.skip();
    });
    return { kind: 'Array', component, items };
  }

  /**
   * The operands of a logical filter and of all filters of the same kind within it, which may be some thousand objects
   * deep. A missing right operand is no operand.
   */
  #operands({ kind }: TypeRow, depth: number): readonly WireValue[] {
    const operands: WireValue[] = [];
    /** For each filter that has been entered: the end of what is around it, and the number of its operands so far. */
    const entered: { outer: number | undefined; count: number }[] = [{ outer: undefined, count: 0 }];
    for (let filter = entered.at(-1); filter !== undefined; filter = entered.at(-1)) {
      const field = this.#fieldHead();
      if (field === undefined) {
        if (filter.count === 0) throw new WireError(`A field of ${kind} is missing`);
        entered.pop();
        if (filter.outer !== undefined) this.cursor.leave(filter.outer);
        continue;
      }
      const outer = this.cursor.enter(field.length);
      if (field.name === undefined) filter.count += 1;
      if (field.name !== undefined || filter.count > 2) this.cursor.skip();
      else if (this.#entersClass(kind)) {
        this.#countObject();
        entered.push({ outer, count: 0 });
        continue;
      } else {
        const operand = this.value(depth + 1);
        if (operand !== null || filter.count === 1) operands.push(operand);
      }
      this.cursor.leave(outer);
    }
    return operands;
  }

  #entersClass(kind: string): boolean {
    const entered = this.cursor.attempt(() => {
      const read = this.#class();
      return read?.name === kind && !read.isArray ? true : undefined;
    });
    return entered === true;
  }

  /** Visits the fields of the object up to its end, each with its name if it has one. */
  #fields(visit: (name: string | undefined) => void): void {
    for (let field = this.#fieldHead(); field !== undefined; field = this.#fieldHead()) {
      const outer = this.cursor.enter(field.length);
      visit(field.name);
      this.cursor.leave(outer);
    }
  }

  #fieldHead(): { readonly name: string | undefined; readonly length: number } | undefined {
    const tag = this.cursor.byte();
    if (tag === tags.end) return undefined;
    if (tag !== tags.anonymousField && tag !== tags.namedField) throw new WireError(`Unexpected tag: ${tag}`);
    const name = tag === tags.namedField ? this.names.name(this.cursor.int()) : undefined;
    return { name, length: this.cursor.count() };
  }

  #class(): ReadClass {
    const tag = this.cursor.byte();
    if (tag === tags.nullClass) return null;
    const isArray = tag === tags.arrayClass;
    const last = isArray ? this.cursor.byte() : tag;
    if (last !== tags.namedClass) throw new WireError(`Unexpected tag: ${last}`);
    return { name: this.names.name(this.cursor.int()), isArray };
  }

  #classReference(): ClassReference | null {
    const read = this.#class();
    if (read === null) return null;
    const name = knownClass(read.name);
    return read.isArray ? `${name}[]` : name;
  }

  #countObject(): void {
    this.#objects += 1;
    if (this.#objects > this.limits.objects) throw new WireError('Too many objects');
  }
}

function knownClass(name: string): ClassName {
  if (!isClassName(name)) throw new WireError(`No deserializer for type: ${name}`);
  return name;
}

function unexpectedKind(value: WireValue, of: string | undefined): WireError {
  return new WireError(`${value?.kind ?? 'null'} in place of ${String(of)}`);
}
