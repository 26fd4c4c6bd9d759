// Read once, because looking up globals is slow where tests run modules in a separate context.
const { floor, imul } = Math;

/** A repeatable source of randomness: the same seed gives the same sequence on every machine. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** 32 random bits. */
  bits(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** One item of a non-empty list. */
  pick<T>(list: readonly T[]): T;
}

/** Makes a generator (mulberry32). Its sequence depends on the seed and on the name of the stream, if given. */
export function createRandom(seed: number, stream = ''): Random {
  let state = (seed ^ hash(stream)) >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => bits() / 0x1_0000_0000;
  const below = (limit: number): number => floor(next() * limit);
  return { bits, next, below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
