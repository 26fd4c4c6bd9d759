import type { UnresolvedConfig } from './rules/rule.js';
import type { Rule } from './rule.js';

/** A setting this version knows, but does not act upon. */
function notYet(path: string, isAsked: (config: UnresolvedConfig) => boolean, advice: string): Rule {
  const message = `Is not available in this version. ${advice}`;
  return { reads: [path], check: (config) => (isAsked(config) ? [{ path, message }] : []) };
}

/** Rules that refuse what would otherwise be ignored without a word. */
export const promisedRules: readonly Rule[] = [
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
