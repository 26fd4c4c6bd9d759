/** HTTP methods the target's APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The way to repeat a call whose answer was lost. */
export type Repeat = 'safe' | 'lookFirst' | 'never';

/**
 * The declaration of a call that the target offers. The connector only passes endpoints on. The target knows the
 * meaning of their APIs, labels and placeholders.
 */
export interface Endpoint {
  readonly id: string;
  /** One of the target's APIs. */
  readonly api: string;
  readonly method: Method;
  /** Relative to the API's base, with `{placeholders}`. */
  readonly path: string;
  /** The placeholders of the path, each with the target's declaration of it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** One of the target's rate limits. */
  readonly label: string;
  readonly repeat: Repeat;
}

/** The JSON body of a call. Objects may contain `bigint` (written digit by digit) and guarded strings. */
export type Body = Readonly<Record<string, unknown>>;
