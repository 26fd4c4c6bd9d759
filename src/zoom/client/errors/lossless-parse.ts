import { isInteger, parse } from 'lossless-json';
import type { JsonOutline } from './json-outline.js';

/**
 * Parses JSON without loss of digits. The built-in parser is several times faster than one that keeps all digits, so it
 * gets each long integer replaced by a number that occurs nowhere else, and the integers are put in again.
 * @returns integers beyond the safe range as `bigint`, all other numbers as `number`.
 * @throws SyntaxError for a text that is no JSON, and for one with long integers in which an object has two values under
 *   one name.
 */
export function parseLossless(text: string, outline: JsonOutline): unknown {
  const { longIntegers, members, otherLargeNumbers } = outline;
  if (longIntegers.length === 0) return JSON.parse(text);
  if (otherLargeNumbers) return parse(text, null, readNumber);
  const value: unknown = JSON.parse(withPlaceholders(text, outline));
  const integers = longIntegers.map(({ start, end }) => text.slice(start, end));
  const revival = new Revival(integers);
  const revived = revival.of(value);
  // The built-in parser keeps the last of several values.
  return revival.members === members ? revived : parse(text, null, readNumber);
}

/** The numbers that stand for long integers: `first`, and so on in steps that a double can represent. */
const placeholder = { first: 1e17, step: 64 } as const;

/** Replaces the digits and leaves the signs, so that a text that is no JSON does not become one. */
function withPlaceholders(text: string, { longIntegers }: JsonOutline): string {
  const parts: string[] = [];
  let done = 0;
  for (const [index, { end, start }] of longIntegers.entries()) {
    parts.push(text.slice(done, start), String(placeholder.first + placeholder.step * index));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** Puts the integers in, and counts the members of all objects. It changes objects and lists in place. */
class Revival {
  members = 0;

  /** @param integers - their digits, in the order of their placeholders. */
  constructor(private readonly integers: readonly string[]) {}

  /** The value with its integers. */
  of(value: unknown): unknown {
    if (typeof value === 'number') return Math.abs(value) < placeholder.first ? value : this.#integer(value);
    if (typeof value !== 'object' || value === null) return value;
    const members = value as Record<string, unknown>;
    const names = Object.keys(members);
    if (!Array.isArray(value)) this.members += names.length;
    for (const name of names) {
      const member = members[name];
      const revived = this.of(member);
      if (revived !== member) members[name] = revived;
    }
    return value;
  }

  #integer(value: number): number | bigint {
    const digits = this.integers[(Math.abs(value) - placeholder.first) / placeholder.step] ?? '';
    return readInteger(value < 0 ? `-${digits}` : digits);
  }
}

function readNumber(text: string): number | bigint {
  return isInteger(text) ? readInteger(text) : Number(text);
}

function readInteger(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
