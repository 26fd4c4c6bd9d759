// Generated from schemas/connector.schema.json by "npm run generate". Do not edit.

import type { GuardedString } from '../connid/guarded-string.js';
import type { SimulatorConfig } from './simulator-config.js';

/** Configuration of the Zoom identity connector, read from connector.json. */
export interface ConnectorConfig {
  readonly service: ServiceConfig;
  readonly rest: RestConfig;
  readonly results: ResultsConfig;
  readonly security: SecurityConfig;
  readonly custom: CustomConfig;
  readonly rateLimit: RateLimitConfig;
  readonly server: ServerConfig;
  readonly state: StateConfig;
  readonly logging: LoggingConfig;
  readonly audit: AuditConfig;
  readonly simulator: SimulatorConfig;
}

/** Which Zoom is managed, and how. */
export interface ServiceConfig {
  /** `zoom` talks to Zoom. `simulator` starts the embedded Zoom simulator, which needs no credentials. */
  readonly target: 'zoom' | 'simulator';
  /** Base URL of Zoom's REST API. `http://` is accepted for loopback hosts only. */
  readonly serviceUrl: string;
  /** Base URL of Zoom's SCIM2 API. `http://` is accepted for loopback hosts only. */
  readonly scimUrl: string;
  /** Which Zoom API manages users and groups. */
  readonly api: 'rest' | 'scim';
  /** Whether the SCIM API may be complemented by REST for what SCIM cannot see: pending users, phone details, roles by id. */
  readonly scimFallback: boolean;
  /** Whether creating an object that exists already adopts it and answers with its uid, instead of failing. */
  readonly duplicateErrorReturnsId: boolean;
  /** Whether what was written is read back and compared; a difference is a warning or an error. */
  readonly verifyWrites: 'off' | 'warn' | 'fail';
}

/** How requests are sent to Zoom. */
export interface RestConfig {
  /** How many more times a request is tried after an I/O error. */
  readonly ioErrorRetries: number;
  /** Milliseconds after which a single request counts as failed; it is then retried like any I/O error. */
  readonly requestTimeoutMs: number;
  /** Milliseconds an operation may take in all. Searches are bounded by `rest.idleTimeoutMs` instead. */
  readonly operationTimeoutMs: number;
  /** Milliseconds without progress after which a search fails. */
  readonly idleTimeoutMs: number;
  /** How many requests to Zoom may be under way at the same time. */
  readonly maxConcurrency: number;
  /** Milliseconds one call may wait for its rate limit; a longer wait is answered as retryable. */
  readonly maxWaitMs: number;
  /** URL of an HTTP proxy for the way to Zoom; a reference when it contains a password. */
  readonly proxy: GuardedString | null;
}

/** How searches read and answer. */
export interface ResultsConfig {
  /** Whether searches with paging options return attributes beyond Zoom's list of users, phone data among them. */
  readonly deepGet: boolean;
  /** Whether searches without paging options return attributes beyond Zoom's list of users, phone data among them. */
  readonly deepImport: boolean;
  /** Page size asked of Zoom for users; other listings are capped at their own maximum. */
  readonly importBatchSize: number;
  /** Whether the schema advertises paging options. A caller that uses them is served either way. */
  readonly pagination: boolean;
  /** How many rows a search with sort keys may read; beyond that it is refused. */
  readonly maxSortedResults: number;
  /** How many rows one JSON answer may hold; beyond that the caller has to page or stream. */
  readonly maxJsonResults: number;
  /** Whether listings are counted against Zoom's totals. Switch it off only if the totals prove wrong. */
  readonly verifyTotals: boolean;
}

/** Credentials for Zoom. */
export interface SecurityConfig {
  readonly authenticator: AuthenticatorConfig;
  readonly scim: ScimConfig;
}

/** How the connector proves its identity to Zoom. */
export interface AuthenticatorConfig {
  readonly oauth2ClientCredentials: Oauth2ClientCredentialsConfig;
}

/** The server-to-server OAuth application of the Zoom account. */
export interface Oauth2ClientCredentialsConfig {
  /** Where tokens are fetched. `http://` is accepted for loopback hosts only. */
  readonly tokenUrl: string;
  /** Client id of the application. Required for target `zoom`. */
  readonly clientId: string | null;
  /** Client secret of the application. Required for target `zoom`. */
  readonly clientSecret: GuardedString | null;
  /** Scopes to ask for, separated by blanks; without it the token carries all scopes of the application. */
  readonly scope: string | null;
}

/** Credentials for Zoom's SCIM2 API. */
export interface ScimConfig {
  /** SCIM token generated in Zoom's portal, used instead of OAuth for SCIM2 requests. */
  readonly bearerToken: GuardedString | null;
}

/** Choices of this connector about Zoom accounts. */
export interface CustomConfig {
  /** Id of the Zoom account. Required for target `zoom`. */
  readonly accountId: string | null;
  /** Whether Delete only deactivates the user. Wins over `custom.disassociateOnDelete`. */
  readonly deactivateOnDelete: boolean;
  /** Whether Delete removes the user from the account but leaves the person a free Zoom account. */
  readonly disassociateOnDelete: boolean;
  /** Whether the user's SSO token is revoked after a deactivation. */
  readonly immediateLogoutOnDeactivate: boolean;
  /** Whether groups may be deleted. */
  readonly entitlementDeletionEnabled: boolean;
  /** How Zoom creates users; the attribute `CREATE_ACTION` overrides it for one user. */
  readonly userCreateAction: 'create' | 'autoCreate' | 'custCreate' | 'ssoCreate';
  /** Whether an update that Zoom refuses because the user is inactive succeeds with a warning. */
  readonly ignoreUpdateErrorOnDisabledUser: boolean;
  /** Whether an inactive user is activated for a moment to take the phone feature away. */
  readonly removePhoneFeatureOnDisabledUser: boolean;
  /** Whether an inactive user is activated for a moment to apply any update. */
  readonly updateDisabledUsers: boolean;
  /** What an update of a pending user does: fail, or succeed with a warning. */
  readonly pendingUpdatePolicy: 'fail' | 'skip';
  /** What happens when Zoom refuses a new e-mail address: the update fails, or succeeds with a warning. */
  readonly emailChangeRefusal: 'fail' | 'warn';
  /** What a deleted user leaves to another user; none when absent. */
  readonly transferOnDelete: TransferOnDeleteConfig | null;
  /** Custom attributes of the Zoom account to expose as attributes. */
  readonly customAttributes: readonly CustomAttributeConfig[];
  /** Renames for resources carried over from other connectors: our name to the name shown, such as `{"DEPT": "DEPARTMENT"}`. */
  readonly attributeNames: Readonly<Record<string, string>>;
  /** Values of `ZOOM_ONE_TYPE` whose phone is switched on by `PUT /phone/users/batch` instead of the feature flag. */
  readonly phoneBundleTypes: readonly string[];
}

export interface TransferOnDeleteConfig {
  /** Address of the active user who receives what the deleted user leaves. */
  readonly email: string;
  /** Whether the meetings of the deleted user are transferred. */
  readonly meetings: boolean;
  /** Whether the webinars of the deleted user are transferred. */
  readonly webinars: boolean;
  /** Whether the cloud recordings of the deleted user are transferred. */
  readonly recordings: boolean;
  /** Whether the whiteboards of the deleted user are transferred. */
  readonly whiteboards: boolean;
  /** Whether the clips of the deleted user are transferred. */
  readonly clipFiles: boolean;
  /** Whether the notes of the deleted user are transferred. */
  readonly notes: boolean;
  /** Whether the visitor records of the deleted user are transferred. */
  readonly visitors: boolean;
  /** Whether the docs of the deleted user are transferred. */
  readonly docs: boolean;
}

/** One custom attribute of Zoom. */
export interface CustomAttributeConfig {
  /** Display name of the attribute in Zoom. */
  readonly name: string;
  /** Name of the attribute here; it starts with `CUSTOM_`. */
  readonly attribute: string;
}

/** Which of Zoom's published limits the connector keeps. */
export interface RateLimitConfig {
  /** Plan whose limits apply; `none` does not pace and only reacts to refusals. */
  readonly plan: 'pro' | 'free' | 'business' | 'none';
  /** Part of the limits this process may use, above 0 and up to 1. */
  readonly share: number;
}

/** The connector's own HTTP service. Changes take effect after a restart. */
export interface ServerConfig {
  /** Address to listen on. Anything but a loopback address needs authentication. */
  readonly host: string;
  /** Port to listen on; 0 picks a free one. */
  readonly port: number;
  /** Certificates for HTTPS; plain HTTP when absent. */
  readonly tls: TlsConfig | null;
  readonly authentication: AuthenticationConfig;
  /** Largest request body accepted, in bytes. */
  readonly bodyLimitBytes: number;
  /** Milliseconds running operations have to finish when the service stops. */
  readonly shutdownGraceMs: number;
}

export interface TlsConfig {
  /** Path of the certificate chain in PEM form. */
  readonly certFile: string;
  /** Path of the private key in PEM form. */
  readonly keyFile: string;
  /** Path of the certificates that client certificates are checked against; given, clients must present one. */
  readonly clientCaFile: string | null;
}

/** Who may call. Without any entry the service listens on loopback addresses only. */
export interface AuthenticationConfig {
  /** Tokens that callers present; the command `new-token` makes entries. */
  readonly bearerTokens: readonly BearerTokenConfig[];
  /** Not available in this version, and refused: JSON Web Tokens of an issuer to accept. */
  readonly jwt: JwtConfig | null;
}

/** One caller's token. */
export interface BearerTokenConfig {
  /** Name of the caller in logs. */
  readonly name: string;
  /** SHA-256 of the token in lower-case hexadecimal. */
  readonly sha256: string;
  /**
   * What the caller may do: `read`, `write`, `admin`; none implies another.
   *
   * @minItems 1
   */
  readonly scopes: readonly ('read' | 'write' | 'admin')[];
}

export interface JwtConfig {
  /** Where the issuer publishes its keys. */
  readonly jwksUri: string;
  /** Required value of the claim `iss`. */
  readonly issuer: string;
  /** Required value of the claim `aud`. */
  readonly audience: string;
}

/** Where replicas share what they know. */
export interface StateConfig {
  /** Not available in this version, and refused: URL of a Redis server (`redis://` or `rediss://`). Each process keeps its state in memory. */
  readonly redisUrl: GuardedString | null;
}

/** What is logged on standard output. */
export interface LoggingConfig {
  /** Least severe level that is logged. */
  readonly level: 'info' | 'error' | 'warn' | 'debug';
  /** `json` for machines, `text` for people. */
  readonly format: 'json' | 'text';
}

/** One record for each write. */
export interface AuditConfig {
  /** File that audit records are appended to; without it they go to the log. */
  readonly file: string | null;
}
