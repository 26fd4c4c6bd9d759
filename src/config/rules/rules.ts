import type { Finding } from '../../connid/errors.js';
import { accessRules } from './access.js';
import { addressRules } from './addresses.js';
import { nameRules, transferRules } from './custom.js';
import type { Rule, UnresolvedConfig } from './rule.js';
import { scimRules } from './scim.js';

/** A setting this version knows, but does not act upon. */
function notYet(path: string, isAsked: (config: UnresolvedConfig) => boolean, advice: string): Rule {
  const message = `Is not available in this version. ${advice}`;
  return { reads: [path], check: (config) => (isAsked(config) ? [{ path, message }] : []) };
}

/** Rules that refuse what would otherwise be ignored without a word. */
const promisedRules: readonly Rule[] = [
  notYet(
    '/server/authentication/jwt',
    ({ server }) => server.authentication.jwt !== null,
    'Use "server.authentication.bearerTokens".',
  ),
  notYet(
    '/state/redisUrl',
    ({ state }) => state.redisUrl !== null,
    'Leave it out: the state is kept in memory, so run one process.',
  ),
];

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
