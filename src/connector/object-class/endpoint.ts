/** HTTP methods the target's APIs use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What may stand in a path segment; it is checked before it is encoded, because an encoded `..` is still `..` to a URL. */
export type SegmentKind =
  'userId' | 'employeeId' | 'groupId' | 'roleId' | 'siteId' | 'accountId' | 'phoneNumber' | 'planType';

/** How a call whose answer was lost may be repeated. */
export type Repeat = 'safe' | 'lookFirst' | 'never';

/** A call the target offers, declared once: everything that is the same each time it is made. */
export interface Endpoint {
  readonly id: string;
  /** Which of the target's APIs: decides the base URL, the credentials and the rate budget. */
  readonly api: 'rest' | 'phone' | 'scim';
  readonly method: Method;
  /** Relative to the API's base, with `{placeholders}`. */
  readonly path: string;
  /** What each placeholder may hold. */
  readonly params: Readonly<Record<string, SegmentKind>>;
  /** The target's rate limit label. */
  readonly label: 'light' | 'medium' | 'heavy' | 'resourceIntensive';
  readonly repeat: Repeat;
  /** Scopes of which any one lets us make the call. */
  readonly scopes: { readonly granular: readonly string[]; readonly classic: readonly string[] };
}

/** JSON as calls carry it: objects may hold `bigint` (written digit by digit) and guarded strings. */
export type Body = Readonly<Record<string, unknown>>;
