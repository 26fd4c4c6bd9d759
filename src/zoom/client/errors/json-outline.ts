/** A place in a text: the index of its first unit, and the one behind its last. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** What a text of JSON contains outside its strings. */
export interface JsonOutline {
  /** Number of members of all objects, repeated names included. */
  readonly members: number;
  /** Whole numbers that may be beyond the safe range, without their signs. */
  readonly longIntegers: readonly Place[];
  /** True if other numbers may be as large: they have exponents, or fractions behind many digits. */
  readonly otherLargeNumbers: boolean;
}

/** Units of UTF-16. */
const [quote, backslash, point, colon, zero, nine] = [0x22, 0x5c, 0x2e, 0x3a, 0x30, 0x39] as const;
const [opening, closing] = [
  [0x5b, 0x7b],
  [0x5d, 0x7d],
] as const;

/** An integer with fewer digits is safe, and the built-in parser is exact. */
const longDigits = 16;

/**
 * Looks through a text once. The text may be no JSON; then the outline means nothing.
 * @returns `undefined` when it nests deeper than so many levels.
 */
export function outlineOf(text: string, maxLevels: number): JsonOutline | undefined {
  const longIntegers: Place[] = [];
  let [levels, members] = [0, 0];
  let otherLargeNumbers = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) index = endOfString(text, index);
    else if (unit === colon) members += 1;
    else if (unit === opening[0] || unit === opening[1]) levels += 1;
    else if (unit === closing[0] || unit === closing[1]) levels -= 1;
    else if (isDigit(unit)) {
      const digits = { start: index, end: endOfDigits(text, index) };
      const kind = kindOf(text, digits);
      if (kind === 'long') longIntegers.push(digits);
      else if (kind === 'large') otherLargeNumbers = true;
      index = digits.end - 1;
    }
    if (levels > maxLevels) return undefined;
  }
  return { members, longIntegers, otherLargeNumbers };
}

/** The index of the quote that ends the string which begins at a quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return text.length;
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine;
}

function endOfDigits(text: string, start: number): number {
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

/** Judges all digits that stand together, by what stands before and behind them. */
function kindOf(text: string, { end, start }: Place): 'short' | 'long' | 'large' {
  const behind = text.charAt(end);
  if (behind === 'e' || behind === 'E') return 'large';
  const isLong = end - start >= longDigits;
  if (!isLong || text.charCodeAt(start - 1) === point) return 'short';
  if (behind === '.') return 'large';
  // No number of JSON begins with a zero and has more digits.
  return text.charCodeAt(start) === zero ? 'short' : 'long';
}
