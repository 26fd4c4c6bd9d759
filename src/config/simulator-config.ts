// Generated from schemas/connector.schema.json by "npm run generate". Do not edit.

/** Action on the affected calls. */
export type ActionConfig =
  | {
      /** This fault is of kind `status`. */
      readonly kind: 'status';
      /** HTTP status of the answer. */
      readonly status: number;
      /** JSON body of the answer. */
      readonly body?: unknown;
      /** Headers of the answer. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      /** This fault is of kind `html`. */
      readonly kind: 'html';
      /** HTTP status of the answer. */
      readonly status: number;
    }
  | {
      /** This fault is of kind `delay`. */
      readonly kind: 'delay';
      /** Delay in milliseconds. */
      readonly ms: number;
    }
  | {
      /** This fault is of kind `drop`. */
      readonly kind: 'drop';
      /** Time at which the connection is closed: before or after the call is processed. */
      readonly when: 'before' | 'after';
    }
  | {
      /** This fault is of kind `truncate`. */
      readonly kind: 'truncate';
    }
  | {
      /** This fault is of kind `ignore`. */
      readonly kind: 'ignore';
      /**
       * JSON pointers to the ignored members of the body, such as `/dept`. If absent, the simulator ignores the whole call.
       *
       * @minItems 1
       * @maxItems 1000
       *
       * Items: A JSON pointer.
       */
      readonly fields?: readonly string[];
    }
  | {
      /** This fault is of kind `token`. */
      readonly kind: 'token';
      /** New state of the token in the call. */
      readonly state: 'expired' | 'revoked';
    }
  | {
      /** This fault is of kind `rateLimit`. */
      readonly kind: 'rateLimit';
      /** The limit that the answer reports as exceeded. */
      readonly limit: 'second' | 'daily' | 'user' | 'concurrent';
      /** Format of the header `Retry-After`. If absent, the answer does not have it. */
      readonly retryAfter?: 'iso' | 'http' | 'seconds' | 'none';
      /** Milliseconds until the time in `Retry-After`. */
      readonly afterMs?: number;
      /** If true, the answer has rate limit headers. Default: the simulator's option. */
      readonly headers?: boolean;
    };

/** The embedded Zoom simulator, used with target `simulator`. */
export interface SimulatorConfig {
  /** If true, the simulator may listen on addresses other than loopback. */
  readonly allowRemote: boolean;
  /** Number of users in all three statuses. The first user is the owner. */
  readonly users: number;
  /** Number of groups. */
  readonly groups: number;
  /** Number of users with Zoom Phone, at most the number of active users. */
  readonly phoneUsers: number;
  /** Seed of the random data. The same seed makes the same account. */
  readonly seed: number;
  /** Plan whose rate limits the simulator enforces; `none` enforces none. A free account has no groups. */
  readonly plan: 'business' | 'free' | 'pro' | 'none';
  /** Account id that the token call must contain. */
  readonly accountId: string;
  /** Client id that the token call must contain. */
  readonly clientId: string;
  /** Client secret that the token call must contain. It protects nothing. */
  readonly clientSecret: string;
  /** Token of the simulated portal for SCIM2 calls. It never expires, and protects nothing. */
  readonly scimToken: string;
  /** Kind of scopes that the application has and calls need. */
  readonly scopeModel: 'granular' | 'classic';
  /**
   * Scopes of the application. An empty list means all scopes of the scope model.
   *
   * @maxItems 1000
   */
  readonly grantedScopes: readonly string[];
  /**
   * Domains that the account manages. `autoCreate` and changes of e-mail addresses need them.
   *
   * @maxItems 1000
   */
  readonly managedDomains: readonly string[];
  /**
   * Domains whose addresses the simulator refuses (code 1107).
   *
   * @maxItems 1000
   */
  readonly blockedDomains: readonly string[];
  /** Number of free seats in every licence pool at the start. With 0 all pools are exhausted. */
  readonly freeLicences: number;
  /** If true, single sign-on is enabled, which `ssoCreate` and SCIM need. */
  readonly sso: boolean;
  /** If true, the account has the option that `ssoCreate` needs. */
  readonly preProvisionSso: boolean;
  /** If true, the account has the contract that `custCreate` needs. */
  readonly apiOnlyUsers: boolean;
  /** If true, the account has Zoom Phone. */
  readonly phoneEnabled: boolean;
  /** If true, the role of the administrator who installed the application allows writes. */
  readonly adminPermissions: boolean;
  /** Status of the answer if a user or group exists already. */
  readonly duplicateStatus: 412 | 409 | 400;
  /** Body of that answer: with Zoom's error code (1005 or 4132), or with a message only. */
  readonly duplicateBody: 'code' | 'plain';
  /** Number of tokens that are valid at a time. With `one`, a new token revokes the earlier one. */
  readonly liveTokens: 'many' | 'one';
  /** Lifetime of a token in seconds. */
  readonly tokenLifeSeconds: number;
  /** Status of answers to an invalid or expired token (code 124). */
  readonly invalidTokenStatus: 401 | 400;
  /** Status of the token call for a wrong client. */
  readonly invalidClientStatus: 400 | 401;
  /** Zoom's code for a missing scope. */
  readonly missingScopeCode: 4711 | 4700 | 104;
  /** Status of answers to unknown paths. */
  readonly unknownPathStatus: 400 | 404;
  /** Status of the answer to `PUT /users/{userId}/status`. */
  readonly statusChangeStatus: 204 | 200;
  /** Answer to a page size over the maximum: the simulator lowers it or refuses it. */
  readonly pageSizeOverMaximum: 'clamp' | 'refuse';
  /** Maximum page size of the user list. */
  readonly maxUserPageSize: 300 | 2000;
  /** Maximum page size of the list of a group's members. */
  readonly maxMemberPageSize: 2000 | 300;
  /** Lifetime of a page token in seconds. */
  readonly pageTokenLifeSeconds: number;
  /** Number of rows of a page that the next page repeats. */
  readonly repeatedRows: number;
  /** If true, deletions and creations lock the user against concurrent requests. */
  readonly concurrencyLocks: boolean;
  /** Answer to an update of an inactive user: a refusal (code 1053), or success. */
  readonly inactivePatch: 'refuse' | 'store';
  /** If true, an inactive user can be deleted. */
  readonly inactiveDelete: 'allow' | 'refuse';
  /** Answer to an update of a pending user: success without effect, or a refusal. */
  readonly pendingWrites: 'ignore' | 'refuse';
  /** If true, the answer to a create of a pending user contains its id. */
  readonly pendingCreateId: 'present' | 'blank';
  /** If true, a read of a pending user returns its id. */
  readonly pendingGetId: 'present' | 'absent';
  /** If true, a pending user can be read by id. */
  readonly pendingById: 'found' | 'notFound';
  /** Days until an invitation expires; 0 means never. */
  readonly invitationLifeDays: number;
  /** Status of users that the action `create` makes. */
  readonly createAction: 'pending' | 'active';
  /** Answer of action `create` to an address of another account: an invitation with a blank id, or a refusal. */
  readonly foreignAddress: 'invite' | 'refuse';
  /** Answer to role writes: success, or status 200 with an error in the body. */
  readonly roleWrites: 'success' | 'error';
  /** Milliseconds between switching the phone on and the creation of the phone record. */
  readonly phoneDelayMs: number;
  /** Status of the answer to a phone read of a user without Zoom Phone: 404 with code 1001, or 400 with code 300. */
  readonly phoneMissingStatus: 404 | 400;
  /** Format of the numbers of phone users: without or with a plus sign. */
  readonly phoneNumberFormat: 'digits' | 'plus';
  /** Answer of SCIM to a filter on a pending user: an error 400, or an empty list. */
  readonly scimPendingFilter: 'error' | 'empty';
  /** Type of the member `status` in SCIM errors. */
  readonly scimErrorStatus: 'number' | 'string';
  /** Form of `roles` and `groups` in a single SCIM user. */
  readonly scimNesting: 'arrays' | 'object';
  /** Page size of SCIM lists without `count`. */
  readonly scimDefaultCount: 1 | 100;
  /** Status of the answer to a SCIM create that collides. */
  readonly scimDuplicateStatus: 400 | 409;
  /** Effect of a SCIM DELETE on the user. */
  readonly scimDelete: 'delete' | 'disassociate';
  /** Effect of a SCIM PUT: it merges into the resource, or replaces it. */
  readonly scimPut: 'merge' | 'replace';
  /** Delay of each answer in milliseconds: a number, or a range `{"min", "max"}` for random delays. */
  readonly latencyMs:
    | number
    | {
        /** Minimum delay in milliseconds. */
        readonly min: number;
        /** Maximum delay in milliseconds. */
        readonly max: number;
      };
  /** The simulator's time: it runs, or stands still until a call advances it. */
  readonly clock: 'real' | 'manual';
  /** If true, answers have rate limit headers. */
  readonly rateLimitHeaders: boolean;
  /** Share of calls that the simulator answers with a random 500, 502, 503 or 504. */
  readonly errorRate: number;
  /** Share of calls whose connection the simulator closes, half of them after processing. */
  readonly dropRate: number;
  /**
   * Faults that are active from the start.
   *
   * @maxItems 1000
   */
  readonly faults: readonly FaultConfig[];
  /** Maximum number of calls in the request log. It drops the oldest first. */
  readonly requestLogSize: number;
}

/** A fault: the affected calls, and the action on them. */
export interface FaultConfig {
  readonly match?: MatchConfig;
  readonly action: ActionConfig;
}

/** The calls that the fault affects: those that meet all conditions. If absent, all calls. */
export interface MatchConfig {
  /** HTTP method of the calls. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Route pattern such as `/users/{userId}`, or a path below the API's base with `*` (within a segment) and `**` (anything). */
  readonly path?: string;
  /** Affects only the n-th matching call, counted from 1. */
  readonly nth?: number;
  /** Number of calls that the fault affects. Default: 1 with `nth`, otherwise unlimited. */
  readonly times?: number;
  /** Probability with which the fault affects a matching call. */
  readonly probability?: number;
}
