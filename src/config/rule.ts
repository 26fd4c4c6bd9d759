import type { Finding } from '../connid/errors.js';
import type { UnresolvedConfig } from './rules/rule.js';

/** A rule that JSON Schema cannot express, because it is about several properties or needs words of its own. */
export interface Rule {
  /** JSON pointers of what the rule looks at; it is not asked while one of them is malformed. */
  readonly reads: readonly string[];
  readonly check: (config: UnresolvedConfig) => readonly Finding[];
}
