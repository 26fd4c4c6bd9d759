import { distance } from 'fastest-levenshtein';

/** Longer names are no slips of the pen, and comparing them would cost time. */
const longestName = 64;

/**
 * The known name that whoever wrote `typed` may have meant, whatever the case.
 * @returns `undefined` when no known name is similar enough to be a help.
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

/** A third of the longer name may differ, two letters of a short one, but never a whole name. */
function tolerated(typed: string, name: string): number {
  const third = Math.max(2, Math.floor(Math.max(typed.length, name.length) / 3));
  return Math.min(third, name.length - 1, typed.length - 1);
}
