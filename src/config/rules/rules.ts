import type { Finding } from '../../connid/errors.js';
import { accessRules } from './access.js';
import { addressRules } from './addresses.js';
import { connectorServerRules } from './connector-server.js';
import { nameRules, transferRules } from './custom.js';
import type { Rule, UnresolvedConfig } from './rule.js';
import { scimRules } from './scim.js';

const rules: readonly Rule[] = [
  ...accessRules,
  ...addressRules,
  ...nameRules,
  ...scimRules,
  ...connectorServerRules,
  ...transferRules,
];

/**
 * Applies all rules whose properties match the schema, so that a reader sees every problem at once.
 * @param json - a configuration with defaults.
 * @param malformed - JSON pointers of the properties that do not match.
 */
export function checkRules(json: unknown, malformed: readonly string[]): Finding[] {
  const unusable = new Set(malformed);
  const partly = new Set(malformed.flatMap(pathsTo));
  const isUsable = (path: string): boolean =>
    !partly.has(path) && !pathsTo(path).some((around) => unusable.has(around));
  return rules
    .filter((rule) => rule.reads.every(isUsable))
    .flatMap((rule) => rule.check(json as UnresolvedConfig));
}

/** The JSON pointers from the whole to a part: of `/a/b` they are the empty one, `/a` and `/a/b`. */
function pathsTo(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
