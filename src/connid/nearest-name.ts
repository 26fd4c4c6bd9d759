import { distance as editDistance } from 'fastest-levenshtein';

/**
 * The known name closest to a mistyped one, by edit distance.
 * @returns `undefined` when nothing is closer than half the length of what was typed.
 */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best !== undefined && best.distance <= wanted.length / 2 ? best.name : undefined;
}
