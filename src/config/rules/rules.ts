import type { Finding } from '../../connid/errors.js';
import type { Rule } from '../rule.js';
import { promisedRules } from '../rules-promised.js';
import { transferRules } from '../rules-transfer.js';
import { accessRules } from './access.js';
import { addressRules } from './addresses.js';
import { nameRules } from './custom.js';
import type { UnresolvedConfig } from './rule.js';
import { scimRules } from './scim.js';

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
