/** A {@link DigestSet} as plain data. */
export interface DigestSetState {
  readonly seeds: readonly [number, number];
  /** Digests, two numbers each; the value of a digest determines its place. */
  readonly digests: Uint32Array;
  /** The flags of each place; 0 for a free place. */
  readonly flags: Uint8Array;
  readonly size: number;
}

const { imul } = Math;

const firstPlaces = 1024;

/** Above this part of occupied places the table doubles. */
const maxLoad = 0.75;

/**
 * A set of texts with a few flags each. It stores 64-bit digests instead of the texts, in 9 bytes a place. Two of a
 * million texts share a digest with a probability of 3 in 100 million. Each set has seeds of its own, so the same pair
 * does not collide again.
 */
export class DigestSet {
  #seeds: readonly [number, number];
  #digests: Uint32Array;
  #flags: Uint8Array;
  #size: number;
  #low = 0;
  #high = 0;

  constructor(state: DigestSetState = emptySet()) {
    this.#seeds = state.seeds;
    this.#digests = state.digests;
    this.#flags = state.flags;
    this.#size = state.size;
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes of its tables. */
  get weight(): number {
    return this.#digests.byteLength + this.#flags.byteLength;
  }

  /** The flags of a text; 0 when it is not in the set. */
  flagsOf(text: string): number {
    this.#digest(text);
    return this.#flags[this.#place()] ?? 0;
  }

  /** Adds a flag (1 to 128) to a text. @returns the flags it had before; 0 when it was not in the set. */
  mark(text: string, flag: number): number {
    this.#digest(text);
    let place = this.#place();
    const before = this.#flags[place] ?? 0;
    if (before === 0) {
      if ((this.#size + 1) / this.#flags.length > maxLoad) {
        this.#grow();
        this.#digest(text);
        place = this.#place();
      }
      this.#size += 1;
    }
    this.#put(place, before | flag);
    return before;
  }

  /** The set as plain data. Both share the tables, so only one of them may be used further. */
  state(): DigestSetState {
    return { seeds: this.#seeds, digests: this.#digests, flags: this.#flags, size: this.#size };
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

  /** The place of the present digest, or the free place for it. */
  #place(): number {
    const mask = this.#flags.length - 1;
    let place = this.#low & mask;
    while (this.#flags[place] !== 0) {
      if (this.#digests[2 * place] === this.#low && this.#digests[2 * place + 1] === this.#high) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #put(place: number, flags: number): void {
    this.#digests[2 * place] = this.#low;
    this.#digests[2 * place + 1] = this.#high;
    this.#flags[place] = flags;
  }

  #grow(): void {
    const [digests, flags] = [this.#digests, this.#flags];
    this.#digests = new Uint32Array(digests.length * 2);
    this.#flags = new Uint8Array(flags.length * 2);
    for (const [place, held] of flags.entries()) {
      if (held === 0) continue;
      this.#low = digests[2 * place] ?? 0;
      this.#high = digests[2 * place + 1] ?? 0;
      this.#put(this.#place(), held);
    }
  }
}

function emptySet(): DigestSetState {
  const [low = 0, high = 0] = crypto.getRandomValues(new Uint32Array(2));
  return {
    seeds: [low, high],
    digests: new Uint32Array(2 * firstPlaces),
    flags: new Uint8Array(firstPlaces),
    size: 0,
  };
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
