import type { Finding } from './errors.js';

/** Maximum number of findings of a validation. Somebody with thousands of errors learns enough from the first ones. */
export const maxFindings = 100;

/**
 * The first findings of a validation, and the number of the others.
 * @param word - makes the finding of an error. It is called for the first errors only, because words take time.
 */
export function firstFindings<T>(errors: readonly T[], word: (error: T) => Finding): Finding[] {
  const findings = errors.slice(0, maxFindings).map(word);
  const rest = errors.length - findings.length;
  return rest === 0 ? findings : [...findings, { path: '', message: `There are ${rest} more errors.` }];
}
