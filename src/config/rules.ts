import type { Finding } from '../connid/errors.js';
import type { UnresolvedConfig } from './unresolved-config.js';
import type { Rule } from './rule.js';
import { accessRules } from './rules-access.js';
import { addressRules } from './rules-addresses.js';
import { nameRules } from './rules-names.js';
import { promisedRules } from './rules-promised.js';
import { scimRules } from './rules-scim.js';
import { transferRules } from './rules-transfer.js';

const rules: readonly Rule[] = [
  ...accessRules,
  ...addressRules,
  ...nameRules,
  ...promisedRules,
  ...scimRules,
  ...transferRules,
];

/**
 * Applies all rules whose properties are well-formed, so that a reader sees every problem at once.
 * @param json - a configuration with defaults.
 * @param malformed - what the check of the form found.
 */
export function checkRules(json: unknown, malformed: readonly Finding[]): Finding[] {
  const unusable = malformed.map((finding) => finding.path);
  return rules
    .filter((rule) => !rule.reads.some((read) => unusable.some((path) => touches(path, read))))
    .flatMap((rule) => rule.check(json as UnresolvedConfig));
}

function touches(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`) || left === '';
}
