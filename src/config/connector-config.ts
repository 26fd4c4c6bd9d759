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
  readonly connectorServer: ConnectorServerConfig;
  readonly state: StateConfig;
  readonly logging: LoggingConfig;
  readonly audit: AuditConfig;
  readonly simulator: SimulatorConfig;
}

/** The managed Zoom account, and the API to manage it. */
export interface ServiceConfig {
  /** `zoom` connects to Zoom. `simulator` starts the embedded Zoom simulator, which needs no credentials. */
  readonly target: 'zoom' | 'simulator';
  /** Base URL of Zoom's REST API. `http://` is accepted for loopback hosts only. */
  readonly serviceUrl: string;
  /** Base URL of Zoom's SCIM2 API. `http://` is accepted for loopback hosts only. */
  readonly scimUrl: string;
  /** The Zoom API that manages users and groups. */
  readonly api: 'rest' | 'scim';
  /** If true, the connector uses REST for data that SCIM does not return: pending users, phone details, roles by id. */
  readonly scimFallback: boolean;
  /** If true, creating an object that exists already adopts it and returns its uid. If false, it fails. */
  readonly duplicateErrorReturnsId: boolean;
  /** Read written values back and compare them. `warn` reports a difference as a warning, `fail` as an error. */
  readonly verifyWrites: 'off' | 'warn' | 'fail';
}

/** Settings for requests to Zoom. */
export interface RestConfig {
  /** Maximum number of retries of a request after an I/O error. */
  readonly ioErrorRetries: number;
  /** Milliseconds after which a single request counts as failed. It is then retried like after any I/O error. */
  readonly requestTimeoutMs: number;
  /** Maximum duration of an operation in milliseconds. Searches are limited by `rest.idleTimeoutMs` instead. */
  readonly operationTimeoutMs: number;
  /** Milliseconds without progress after which a search fails. */
  readonly idleTimeoutMs: number;
  /** Maximum number of simultaneous requests to Zoom. */
  readonly maxConcurrency: number;
  /** Maximum time in milliseconds that a call waits for its rate limit. If it would wait longer, the operation fails with a retryable error. */
  readonly maxWaitMs: number;
  /** Maximum number of bytes that all answers of Zoom under way hold together. An answer that has no room waits until others have been read, within `rest.requestTimeoutMs`. One answer has at most 16 MiB. */
  readonly maxAnswerBytes: number;
  /** URL of an HTTP proxy for requests to Zoom. Use a reference if it contains a password. */
  readonly proxy: GuardedString | null;
  /** If true, requests to Zoom have the header `traceparent` when their operation belongs to a trace. It contains random ids only. */
  readonly sendTraceparent: boolean;
}

/** Settings for searches. */
export interface ResultsConfig {
  /** If true, searches with paging options also return attributes that Zoom's list of users lacks, such as phone data. */
  readonly deepGet: boolean;
  /** If true, searches without paging options also return attributes that Zoom's list of users lacks, such as phone data. */
  readonly deepImport: boolean;
  /** Page size for Zoom's list of users. `auto` asks for 2,000, Zoom's maximum, and falls back to 300 in an account that does not grant so many; 0 means the same. Other listings use their own maximum. */
  readonly importBatchSize: number | 'auto';
  /** If true, the schema advertises paging options. Callers may use them in both cases. */
  readonly pagination: boolean;
  /** Maximum number of rows that a search with sort keys reads. A larger search is refused. */
  readonly maxSortedResults: number;
  /** Maximum number of rows in one JSON answer. For more rows the caller must page or stream. */
  readonly maxJsonResults: number;
  /** If true, the number of rows of a listing is compared with Zoom's total. Switch it off only if the totals prove wrong. */
  readonly verifyTotals: boolean;
}

/** Credentials for Zoom. */
export interface SecurityConfig {
  readonly authenticator: AuthenticatorConfig;
  readonly scim: ScimConfig;
}

/** Authentication of the connector at Zoom. */
export interface AuthenticatorConfig {
  readonly oauth2ClientCredentials: Oauth2ClientCredentialsConfig;
}

/** The server-to-server OAuth application of the Zoom account. */
export interface Oauth2ClientCredentialsConfig {
  /** URL of the token endpoint. `http://` is accepted for loopback hosts only. */
  readonly tokenUrl: string;
  /** Client id of the application. Required for target `zoom`. */
  readonly clientId: string | null;
  /** Client secret of the application. Required for target `zoom`. */
  readonly clientSecret: GuardedString | null;
  /** Scopes to request, separated by blanks. If absent, the token has all scopes of the application. */
  readonly scope: string | null;
}

/** Credentials for Zoom's SCIM2 API. */
export interface ScimConfig {
  /** SCIM token generated in Zoom's portal, used instead of OAuth for SCIM2 requests. */
  readonly bearerToken: GuardedString | null;
}

/** Settings that are specific to Zoom accounts. */
export interface CustomConfig {
  /** Id of the Zoom account. Required for target `zoom`. */
  readonly accountId: string | null;
  /** If true, Delete only deactivates the user. Overrides `custom.disassociateOnDelete`. */
  readonly deactivateOnDelete: boolean;
  /** If true, Delete removes the user from the account, but the person keeps a free Zoom account. */
  readonly disassociateOnDelete: boolean;
  /** If true, the connector revokes the user's SSO token after a deactivation. */
  readonly immediateLogoutOnDeactivate: boolean;
  /** If true, groups can be deleted. */
  readonly entitlementDeletionEnabled: boolean;
  /** Action with which Zoom creates users. The attribute `CREATE_ACTION` overrides it for one user. */
  readonly userCreateAction: 'create' | 'autoCreate' | 'custCreate' | 'ssoCreate';
  /** If true, an update that Zoom refuses because the user is inactive succeeds with a warning. */
  readonly ignoreUpdateErrorOnDisabledUser: boolean;
  /** If true, the connector activates an inactive user temporarily to remove the phone feature. */
  readonly removePhoneFeatureOnDisabledUser: boolean;
  /** If true, the connector activates an inactive user temporarily to apply any update. */
  readonly updateDisabledUsers: boolean;
  /** Result of an update of a pending user: `fail` is an error, `skip` succeeds with a warning. */
  readonly pendingUpdatePolicy: 'fail' | 'skip';
  /** Result of an update if Zoom refuses the new e-mail address: `fail` is an error, `warn` succeeds with a warning. */
  readonly emailChangeRefusal: 'fail' | 'warn';
  /** Data of a deleted user that another user receives. If absent, no data is transferred. */
  readonly transferOnDelete: TransferOnDeleteConfig | null;
  /**
   * Custom attributes of the Zoom account that the connector offers as attributes.
   *
   * @maxItems 1000
   */
  readonly customAttributes: readonly CustomAttributeConfig[];
  /** Other names for attributes, for resources that used another connector before. Maps our name to the public name, such as `{"DEPT": "DEPARTMENT"}`. */
  readonly attributeNames: Readonly<Record<string, string>>;
  /**
   * Values of `ZOOM_ONE_TYPE` with which the connector switches the phone on by `PUT /phone/users/batch` instead of the feature flag.
   *
   * @maxItems 1000
   */
  readonly phoneBundleTypes: readonly string[];
}

export interface TransferOnDeleteConfig {
  /** Address of the active user who receives the data of the deleted user. */
  readonly email: string;
  /** If true, the meetings of the deleted user are transferred. */
  readonly meetings: boolean;
  /** If true, the webinars of the deleted user are transferred. */
  readonly webinars: boolean;
  /** If true, the cloud recordings of the deleted user are transferred. */
  readonly recordings: boolean;
  /** If true, the whiteboards of the deleted user are transferred. */
  readonly whiteboards: boolean;
  /** If true, the clips of the deleted user are transferred. */
  readonly clipFiles: boolean;
  /** If true, the notes of the deleted user are transferred. */
  readonly notes: boolean;
  /** If true, the visitor records of the deleted user are transferred. */
  readonly visitors: boolean;
  /** If true, the docs of the deleted user are transferred. */
  readonly docs: boolean;
}

/** One custom attribute of Zoom. */
export interface CustomAttributeConfig {
  /** Display name of the attribute in Zoom. */
  readonly name: string;
  /** Name of the attribute in the connector. It begins with `CUSTOM_`. */
  readonly attribute: string;
}

/** Zoom's published rate limits that the connector keeps. */
export interface RateLimitConfig {
  /** Plan whose limits apply. With `none` the connector does not pace requests and only reacts to Zoom's refusals. */
  readonly plan: 'pro' | 'free' | 'business' | 'none';
  /** Share of the limits that this process may use, above 0 and up to 1. */
  readonly share: number;
}

/** The connector's own HTTP service. Changes take effect after a restart. */
export interface ServerConfig {
  /** Address to listen on. Addresses other than loopback need authentication. */
  readonly host: string;
  /** Port to listen on. 0 selects a free port. */
  readonly port: number;
  /** Certificates for HTTPS. If absent, the service uses plain HTTP. */
  readonly tls: TlsConfig | null;
  readonly authentication: AuthenticationConfig;
  /** Maximum size of a request body in bytes. */
  readonly bodyLimitBytes: number;
  /** Milliseconds that running operations have to finish when the service stops. */
  readonly shutdownGraceMs: number;
}

export interface TlsConfig {
  /** Path of the certificate chain in PEM form. */
  readonly certFile: string;
  /** Path of the private key in PEM form. */
  readonly keyFile: string;
  /** Path of the certificate authorities for client certificates. If set, clients must present a certificate. */
  readonly clientCaFile: string | null;
}

/** Callers of the service. Without any entry it listens on loopback addresses only. */
export interface AuthenticationConfig {
  /**
   * Tokens of callers. The command `new-token` makes entries.
   *
   * @maxItems 1000
   */
  readonly bearerTokens: readonly BearerTokenConfig[];
  /** JSON Web Tokens of an issuer, accepted beside `bearerTokens`. They need `exp` and one of our scopes in `scope`, `scp` or `roles`. A claim `connectors` limits them to connectors. */
  readonly jwt: JwtConfig | null;
}

/** Token of one caller. */
export interface BearerTokenConfig {
  /** Name of the caller in logs. */
  readonly name: string;
  /** SHA-256 of the token in lower-case hexadecimal. */
  readonly sha256: string;
  /**
   * Permissions of the caller: `read`, `write`, `admin`. None includes another.
   *
   * @minItems 1
   */
  readonly scopes: readonly ('read' | 'write' | 'admin')[];
  /**
   * Names of the connectors that the caller may use; all without it.
   *
   * @minItems 1
   * @maxItems 1000
   */
  readonly connectors?: readonly string[];
}

export interface JwtConfig {
  /** URL at which the issuer publishes its keys. Must be HTTPS, except on loopback hosts. */
  readonly jwksUri: string | null;
  /** Path of a file with the issuer's keys, instead of `jwksUri`. It is read again when it changes. */
  readonly jwksFile: string | null;
  /** Required value of the claim `iss`. */
  readonly issuer: string;
  /** Required value of the claim `aud`. */
  readonly audience: string;
  /**
   * Accepted signature algorithms. Only asymmetric ones: `none` and `HS256` are not possible.
   *
   * @minItems 1
   */
  readonly algorithms: readonly (
    'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA'
  )[];
  /** Seconds that the clocks of issuer and service may differ, for `exp` and `nbf`. */
  readonly clockToleranceSeconds: number;
}

/** ConnId's remote connector server protocol, for hosts such as midPoint and Apache Syncope. Changes take effect after a restart. */
export interface ConnectorServerConfig {
  /** If true, the service accepts hosts of ConnId's framework. */
  readonly enabled: boolean;
  /** Address to listen on. Addresses other than loopback need TLS and keys of 24 characters or more. */
  readonly host: string;
  /** Port to listen on. 0 selects a free port. */
  readonly port: number;
  /**
   * Keys of hosts; any of them admits a host. Several allow a rotation. Logs name them by their place: `key 1`, `key 2`.
   *
   * @maxItems 100
   *
   * Items: A key that hosts show.
   */
  readonly keys: readonly (GuardedString | null)[];
  /** Certificate of the connector server. If absent, it uses plain TCP. */
  readonly tls: TlsConfig1 | null;
  /** Milliseconds after which a connection is closed whose host neither reads nor sends what it should. */
  readonly idleTimeoutMs: number;
  /** Maximum size of a request in bytes, once the host has shown its key. */
  readonly maxMessageBytes: number;
  /** Maximum number of simultaneous connections. */
  readonly maxConnections: number;
  /** If true, hosts find the connector under the names of the Java connector, so that configurations saved for that one fit. */
  readonly javaConnectorNames: boolean;
}

export interface TlsConfig1 {
  /** Path of the certificate chain in PEM form. */
  readonly certFile: string;
  /** Path of the private key in PEM form. */
  readonly keyFile: string;
}

/** State that replicas share. */
export interface StateConfig {
  /** URL of a Redis server: `redis://` or `rediss://` (TLS), with user name and password if it needs them. Replicas with the same URL and prefix share token, rate limits, locks, recent writes and paged searches. Without it each process keeps them in memory. */
  readonly redisUrl: GuardedString | null;
  /** Begin of all keys in Redis. Services that must not share their state need different prefixes. */
  readonly keyPrefix: string;
  /** While Redis cannot be reached: `continue` lets each replica go on alone, with its part of the rate limits, and locks then hold within one replica only; `refuseWrites` refuses writes. */
  readonly onOutage: 'continue' | 'refuseWrites';
}

/** The log on standard output. */
export interface LoggingConfig {
  /** Least severe level that is logged. */
  readonly level: 'info' | 'error' | 'warn' | 'debug';
  /** `json` for machines, `text` for people. */
  readonly format: 'json' | 'text';
}

/** One record for each write. */
export interface AuditConfig {
  /** File to which audit records are appended. If absent, they are written to the log. */
  readonly file: string | null;
}
