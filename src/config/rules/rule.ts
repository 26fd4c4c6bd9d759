import type { Finding } from '../../connid/errors.js';
import type { GuardedString } from '../../connid/guarded-string.js';
import type { ConnectorConfig } from '../connector-config.js';

/** Where a secret comes from; plain text is accepted with a warning. */
export type SecretReference = string | { readonly env: string } | { readonly file: string };

/** What the file says about a resolved value once defaults are in: references in place of secrets. */
type Unresolved<T> = T extends GuardedString
  ? SecretReference
  : T extends readonly (infer Item)[]
    ? readonly Unresolved<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]: Unresolved<T[Name]> }
      : T;

/** A configuration with overrides and defaults, before its secrets have been looked up. */
export type UnresolvedConfig = Unresolved<ConnectorConfig>;

/** A rule that JSON Schema cannot express, because it is about several properties or needs words of its own. */
export interface Rule {
  /** JSON pointers of what the rule looks at; it is not asked while one of them is malformed. */
  readonly reads: readonly string[];
  readonly check: (config: UnresolvedConfig) => readonly Finding[];
}
