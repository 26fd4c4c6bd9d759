/** More edits than this and a suggestion is more likely to mislead than to help. */
const maxEdits = 3;

/**
 * The known name that a mistyped one most likely stands for.
 * @returns `undefined` when no known name is close enough.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const allowed = Math.min(maxEdits, Math.ceil(given.length / 3));
  if (given.length > 64) return undefined;
  const ranked = known
    .map((name) => ({ name, edits: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name;
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) row = nextRow(row, a[i - 1], b, i);
  return row[b.length] ?? 0;
}

function nextRow(above: readonly number[], char: string | undefined, b: string, first: number): number[] {
  const row = [first];
  for (let j = 1; j <= b.length; j++) {
    const replaced = at(above, j - 1) + (char === b[j - 1] ? 0 : 1);
    row.push(Math.min(replaced, at(above, j) + 1, at(row, j - 1) + 1));
  }
  return row;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
