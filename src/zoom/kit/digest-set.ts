/** A part of the digests. */
interface Table {
  /** Digests, two numbers each; the value of a digest determines its place. */
  readonly digests: Uint32Array;
  /** The flags of each place; 0 for a free place. */
  readonly flags: Uint8Array;
  /** Number of occupied places. */
  size: number;
}

/** A {@link DigestSet} as plain data. */
export interface DigestSetState {
  readonly seeds: readonly [number, number];
  /** Each is missing until the first of its digests. */
  readonly tables: readonly (Table | undefined)[];
}

const { ceil, floor, imul } = Math;

/** Number of tables, a power of two. They grow one after the other, so that growing takes little memory at a time. */
const tableCount = 64;

const firstPlaces = 16;

/** Above this part of occupied places a table grows. */
const maxLoad = 0.75;

const growth = 1.25;

/**
 * A set of texts with a few flags each. It stores 64-bit digests instead of the texts, in 9 bytes a place. Two of a
 * million texts share a digest with a probability of 3 in 100 million. Each set has seeds of its own, so the same pair
 * does not collide again.
 */
export class DigestSet {
  readonly #seeds: readonly [number, number];
  readonly #tables: (Table | undefined)[];
  #low = 0;
  #high = 0;

  constructor(state: DigestSetState = emptySet()) {
    this.#seeds = state.seeds;
    this.#tables = [...state.tables];
  }

  get size(): number {
    return this.#sum(({ size }) => size);
  }

  /** Bytes of its tables. */
  get weight(): number {
    return this.#sum(({ digests, flags }) => digests.byteLength + flags.byteLength);
  }

  /** The flags of a text; 0 when it is not in the set. */
  flagsOf(text: string): number {
    this.#digest(text);
    const table = this.#table();
    return table.flags[placeOf(table, this.#low, this.#high)] ?? 0;
  }

  /** Adds a flag (1 to 128) to a text. @returns the flags it had before; 0 when it was not in the set. */
  mark(text: string, flag: number): number {
    this.#digest(text);
    let table = this.#table();
    let place = placeOf(table, this.#low, this.#high);
    const before = table.flags[place] ?? 0;
    if (before === 0) {
      if (table.size + 1 > maxLoad * table.flags.length) {
        table = grown(table);
        place = placeOf(table, this.#low, this.#high);
      }
      this.#tables[this.#high % tableCount] = table;
      table.size += 1;
      table.digests[2 * place] = this.#low;
      table.digests[2 * place + 1] = this.#high;
    }
    table.flags[place] = before | flag;
    return before;
  }

  /** The set as plain data. Both share the tables, so only one of them may be used further. */
  state(): DigestSetState {
    return { seeds: this.#seeds, tables: this.#tables };
  }

  /** Two hashes of 32 bits with different multipliers, finished as in MurmurHash3 (public domain). */
  #digest(text: string): void {
    let [low, high] = this.#seeds;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      low = imul(low ^ unit, 0x9e3779b1);
      low = (low << 13) | (low >>> 19);
      high = imul(high ^ unit, 0x85ebca77);
      high = (high << 17) | (high >>> 15);
    }
    this.#low = finish(low ^ text.length);
    this.#high = finish(high ^ text.length);
  }

  #sum(measure: (table: Table) => number): number {
    return this.#tables.reduce((sum, table) => sum + (table === undefined ? 0 : measure(table)), 0);
  }

  /** The table of the present digest. */
  #table(): Table {
    return this.#tables[this.#high % tableCount] ?? emptyTable(firstPlaces);
  }
}

/** The place of a digest, or the free place for it. */
function placeOf({ digests, flags }: Table, low: number, high: number): number {
  let place = floor((low / 2 ** 32) * flags.length);
  while (flags[place] !== 0) {
    if (digests[2 * place] === low && digests[2 * place + 1] === high) return place;
    place = place + 1 === flags.length ? 0 : place + 1;
  }
  return place;
}

function grown(table: Table): Table {
  const { digests, flags, size } = table;
  const larger = { ...emptyTable(ceil(flags.length * growth)), size };
  for (let place = 0; place < flags.length; place += 1) {
    const held = flags[place] ?? 0;
    if (held === 0) continue;
    const low = digests[2 * place] ?? 0;
    const high = digests[2 * place + 1] ?? 0;
    const to = placeOf(larger, low, high);
    larger.digests[2 * to] = low;
    larger.digests[2 * to + 1] = high;
    larger.flags[to] = held;
  }
  return larger;
}

function emptyTable(places: number): Table {
  return { digests: new Uint32Array(2 * places), flags: new Uint8Array(places), size: 0 };
}

function emptySet(): DigestSetState {
  const [low = 0, high = 0] = crypto.getRandomValues(new Uint32Array(2));
  return { seeds: [low, high], tables: Array.from({ length: tableCount }) };
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
