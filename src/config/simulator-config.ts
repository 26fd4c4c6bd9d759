// Generated from schemas/connector.schema.json by "npm run generate". Do not edit.

/** What happens to a call that is struck. */
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
      /** How long the answer is held back. */
      readonly ms: number;
    }
  | {
      /** This fault is of kind `drop`. */
      readonly kind: 'drop';
      /** Whether the connection is closed before or after the call is processed. */
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
       * JSON pointers to the members of the body that are ignored, such as `/dept`; without them the whole call is.
       *
       * @minItems 1
       *
       * Items: A JSON pointer.
       */
      readonly fields?: readonly string[];
    }
  | {
      /** This fault is of kind `token`. */
      readonly kind: 'token';
      /** What becomes of the token that the call presents. */
      readonly state: 'expired' | 'revoked';
    }
  | {
      /** This fault is of kind `rateLimit`. */
      readonly kind: 'rateLimit';
      /** Which limit is said to be exceeded. */
      readonly limit: 'second' | 'daily' | 'user' | 'concurrent';
      /** Form of the header `Retry-After`; none when absent. */
      readonly retryAfter?: 'iso' | 'http' | 'seconds' | 'none';
      /** Milliseconds until the time in `Retry-After`. */
      readonly afterMs?: number;
      /** Whether rate limit headers are sent; as the simulator's option says when absent. */
      readonly headers?: boolean;
    };

/** The embedded Zoom simulator, used with target `simulator`. */
export interface SimulatorConfig {
  /** Whether the simulator may be served on an address that is not loopback. */
  readonly allowRemote: boolean;
  /** How many users the account has in all three statuses; the first is the owner. */
  readonly users: number;
  /** How many groups the account has. */
  readonly groups: number;
  /** How many users have Zoom Phone, at most as many as there are active users. */
  readonly phoneUsers: number;
  /** Seed of everything that is made up; the same seed makes the same account. */
  readonly seed: number;
  /** Plan whose rate limits are enforced; `none` enforces none. A free account has no groups. */
  readonly plan: 'business' | 'free' | 'pro' | 'none';
  /** Account id that the token call must name. */
  readonly accountId: string;
  /** Client id that the token call must present. */
  readonly clientId: string;
  /** Client secret that the token call must present. It protects nothing. */
  readonly clientSecret: string;
  /** Token of the simulated portal for SCIM2 calls; it never expires and protects nothing. */
  readonly scimToken: string;
  /** Kind of scopes that the application has and calls need. */
  readonly scopeModel: 'granular' | 'classic';
  /** Scopes of the application; an empty list stands for all of the scope model. */
  readonly grantedScopes: readonly string[];
  /** Domains managed by the account, as `autoCreate` and changes of e-mail addresses need. */
  readonly managedDomains: readonly string[];
  /** Domains whose addresses Zoom refuses (code 1107). */
  readonly blockedDomains: readonly string[];
  /** Seats left free in every licence pool at the start; 0 exhausts them all. */
  readonly freeLicences: number;
  /** Whether single sign-on is enabled, as `ssoCreate` and SCIM need. */
  readonly sso: boolean;
  /** Whether the account has the option that `ssoCreate` needs. */
  readonly preProvisionSso: boolean;
  /** Whether the account has the contract that `custCreate` needs. */
  readonly apiOnlyUsers: boolean;
  /** Whether the account has Zoom Phone. */
  readonly phoneEnabled: boolean;
  /** Whether the role of the administrator who installed the application allows writes. */
  readonly adminPermissions: boolean;
  /** Status when a user or group exists already. */
  readonly duplicateStatus: 412 | 409 | 400;
  /** Whether that answer carries Zoom's error code (1005 or 4132) or a message only. */
  readonly duplicateBody: 'code' | 'plain';
  /** How many tokens of the application are valid at a time; with `one`, a new token revokes the earlier one. */
  readonly liveTokens: 'many' | 'one';
  /** Seconds a token is valid. */
  readonly tokenLifeSeconds: number;
  /** Status of answers to an invalid or expired token (code 124). */
  readonly invalidTokenStatus: 401 | 400;
  /** Status of the token call for a wrong client. */
  readonly invalidClientStatus: 400 | 401;
  /** Zoom's code when a scope is missing. */
  readonly missingScopeCode: 4711 | 4700 | 104;
  /** Status of answers to unknown paths. */
  readonly unknownPathStatus: 400 | 404;
  /** Status of the answer to `PUT /users/{userId}/status`. */
  readonly statusChangeStatus: 204 | 200;
  /** Whether a page size over the maximum is lowered or refused. */
  readonly pageSizeOverMaximum: 'clamp' | 'refuse';
  /** Largest page of the user list. */
  readonly maxUserPageSize: 300 | 2000;
  /** Seconds a page token is valid. */
  readonly pageTokenLifeSeconds: number;
  /** How many rows of a page come again on the next one. */
  readonly repeatedRows: number;
  /** Whether deletions and creations lock the user against concurrent requests. */
  readonly concurrencyLocks: boolean;
  /** What an update of an inactive user meets: a refusal (code 1053), or acceptance. */
  readonly inactivePatch: 'refuse' | 'store';
  /** Whether an inactive user can be deleted. */
  readonly inactiveDelete: 'allow' | 'refuse';
  /** What an update of a pending user meets: silence without effect, or a refusal. */
  readonly pendingWrites: 'ignore' | 'refuse';
  /** Whether the answer to a create of a pending user carries its id. */
  readonly pendingCreateId: 'present' | 'blank';
  /** Whether a read of a pending user answers its id. */
  readonly pendingGetId: 'present' | 'absent';
  /** Whether a pending user can be read by id. */
  readonly pendingById: 'found' | 'notFound';
  /** Days until an invitation expires; 0 for never. */
  readonly invitationLifeDays: number;
  /** Status of users made by action `create`. */
  readonly createAction: 'pending' | 'active';
  /** What action `create` does with an address of another account: an invitation with a blank id, or a refusal. */
  readonly foreignAddress: 'invite' | 'refuse';
  /** Answer to role writes: success, or status 200 with an error in the body. */
  readonly roleWrites: 'success' | 'error';
  /** Milliseconds between switching the phone on and the phone record being there. */
  readonly phoneDelayMs: number;
  /** Status when a user without Zoom Phone is read: 404 with code 1001, or 400 with code 300. */
  readonly phoneMissingStatus: 404 | 400;
  /** How numbers of phone users are written: without or with a plus sign. */
  readonly phoneNumberFormat: 'digits' | 'plus';
  /** How SCIM answers a filter on a pending user: with an error 400, or an empty list. */
  readonly scimPendingFilter: 'error' | 'empty';
  /** Type of the member `status` in SCIM errors. */
  readonly scimErrorStatus: 'number' | 'string';
  /** Form of `roles` and `groups` in a single SCIM user. */
  readonly scimNesting: 'arrays' | 'object';
  /** Page size of SCIM lists without `count`. */
  readonly scimDefaultCount: 1 | 100;
  /** Status when a SCIM create collides. */
  readonly scimDuplicateStatus: 400 | 409;
  /** What a SCIM DELETE does to the user. */
  readonly scimDelete: 'delete' | 'disassociate';
  /** Whether a SCIM PUT merges into the resource or replaces it. */
  readonly scimPut: 'merge' | 'replace';
  /** Milliseconds each answer takes: a number, or `{"min", "max"}` to draw from. */
  readonly latencyMs:
    | number
    | {
        /** Least delay in milliseconds. */
        readonly min: number;
        /** Greatest delay in milliseconds. */
        readonly max: number;
      };
  /** Whether time runs, or stands until it is advanced. */
  readonly clock: 'real' | 'manual';
  /** Whether answers carry rate limit headers. */
  readonly rateLimitHeaders: boolean;
  /** Share of calls answered with a random 500, 502, 503 or 504. */
  readonly errorRate: number;
  /** Share of calls whose connection is dropped, half of them after processing. */
  readonly dropRate: number;
  /** Faults that are in force from the start. */
  readonly faults: readonly FaultConfig[];
  /** How many calls the request log keeps; the oldest are forgotten first. */
  readonly requestLogSize: number;
}

/** What is struck, and how. */
export interface FaultConfig {
  readonly match?: MatchConfig;
  readonly action: ActionConfig;
}

/** Which calls the fault strikes; everything given must hold. Without it, all. */
export interface MatchConfig {
  /** HTTP method of the calls. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Route pattern such as `/users/{userId}`, or a path below the API's base with `*` (within a segment) and `**` (anything). */
  readonly path?: string;
  /** Strikes the n-th matching call only, counted from 1. */
  readonly nth?: number;
  /** How many calls are struck; 1 with `nth`, else without end. */
  readonly times?: number;
  /** Chance of each matching call to be struck. */
  readonly probability?: number;
}
