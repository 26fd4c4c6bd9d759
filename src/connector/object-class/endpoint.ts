/** HTTP methods the target's APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How a call whose answer was lost may be repeated. */
export type Repeat = 'safe' | 'lookFirst' | 'never';

/**
 * A call that the target offers, declared once. The connector passes endpoints on; only the target knows what their
 * APIs, labels and placeholders mean.
 */
export interface Endpoint {
  readonly id: string;
  /** One of the target's APIs. */
  readonly api: string;
  readonly method: Method;
  /** Relative to the API's base, with `{placeholders}`. */
  readonly path: string;
  /** The placeholders of the path, each with what the target knows of it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** One of the target's rate limits. */
  readonly label: string;
  readonly repeat: Repeat;
}

/** JSON as calls carry it: objects may hold `bigint` (written digit by digit) and guarded strings. */
export type Body = Readonly<Record<string, unknown>>;
