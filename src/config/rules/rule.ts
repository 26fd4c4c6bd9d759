import type { Finding } from '../../connid/errors.js';
import type { GuardedString } from '../../connid/guarded-string.js';
import type { ConnectorConfig } from '../connector-config.js';

/** A reference to a secret in a variable or a file. A plain text is accepted with a warning. */
export type SecretReference = string | { readonly env: string } | { readonly file: string };

/** The type of a value before its secrets are looked up: with references in place of secrets. */
type Unresolved<T> = T extends GuardedString
  ? SecretReference
  : T extends readonly (infer Item)[]
    ? readonly Unresolved<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]: Unresolved<T[Name]> }
      : T;

/** A configuration with overrides and defaults, before its secrets are looked up. */
export type UnresolvedConfig = Unresolved<ConnectorConfig>;

/** A rule that the JSON Schema cannot express: it involves several properties, or needs its own message. */
export interface Rule {
  /** JSON pointers of the properties that the rule reads. It is skipped if one of them is malformed. */
  readonly reads: readonly string[];
  readonly check: (config: UnresolvedConfig) => readonly Finding[];
}
