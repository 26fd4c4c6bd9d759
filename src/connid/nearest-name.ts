import { distance } from 'fastest-levenshtein';

/** Longer names are not typing errors, and comparing them would cost time. */
const longestName = 64;

/**
 * Finds the known name that is most similar to a mistyped one. Case does not matter.
 * @returns `undefined` if no known name is similar enough.
 */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > longestName) return undefined;
  const wanted = typed.toLowerCase();
  const ranked = [...known]
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ edits, name }) => edits <= tolerated(typed, name))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name;
}

/** The allowed number of edits: a third of the longer name, at least two, but never a whole name. */
function tolerated(typed: string, name: string): number {
  const third = Math.max(2, Math.floor(Math.max(typed.length, name.length) / 3));
  return Math.min(third, name.length - 1, typed.length - 1);
}
