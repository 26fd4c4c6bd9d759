import { hash } from 'node:crypto';

/** Characters of a trail: 96 bits. */
const length = 16;

/** The trail before the first row. */
export const emptyTrail = '';

/** A digest of all rows that were given, in order. Two walks with the same trail have given the same rows. */
export function extendTrail(trail: string, marks: readonly string[]): string {
  return marks.reduce(
    (before, mark) => hash('sha256', `${before} ${mark}`, 'base64url').slice(0, length),
    trail,
  );
}
