import { closest, distance } from 'fastest-levenshtein';

/**
 * The known name that somebody who wrote `name` may have meant.
 * @returns `undefined` when no known name is similar enough to be a help.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = name.toLowerCase();
  const best = closest(
    lower,
    known.map((candidate) => candidate.toLowerCase()),
  );
  const tolerated = Math.max(2, Math.floor(Math.max(name.length, best.length) / 3));
  if (distance(lower, best) > tolerated || distance(lower, best) >= best.length) return undefined;
  return known.find((candidate) => candidate.toLowerCase() === best);
}
