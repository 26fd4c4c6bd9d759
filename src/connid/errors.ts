/**
 * The kinds of failure a connector can answer with: ConnId's exceptions (simple names), whether repeating the
 * same request later can help, and the sentence the error reference prints. HTTP statuses belong to the server,
 * Zoom's codes to the Zoom client.
 */
export const errorKinds = {
  invalidAttributeValue: {
    exception: 'InvalidAttributeValueException',
    retryable: false,
    description: 'An attribute is unknown, not writable, of the wrong type, or has a value that is refused.',
  },
  illegalArgument: {
    exception: 'IllegalArgumentException',
    retryable: false,
    description: 'The request itself is malformed: its JSON, its members or an option.',
  },
  permissionDenied: {
    exception: 'PermissionDeniedException',
    retryable: false,
    description: 'The target refuses this call to our application: scope, protected user, or plan.',
  },
  unknownUid: {
    exception: 'UnknownUidException',
    retryable: false,
    description: 'The object to be read, updated or deleted is not there.',
  },
  alreadyExists: {
    exception: 'AlreadyExistsException',
    retryable: false,
    description: 'A create or a rename collides with another object.',
  },
  preconditionFailed: {
    exception: 'PreconditionFailedException',
    retryable: false,
    description: 'The object or the account is in a state that forbids the change.',
  },
  configuration: {
    exception: 'ConfigurationException',
    retryable: false,
    description: 'The configuration is wrong in a way that only shows at run time.',
  },
  unsupported: {
    exception: 'UnsupportedOperationException',
    retryable: false,
    description: 'The operation, object class or option is not supported, or is switched off.',
  },
  connectionFailed: {
    exception: 'ConnectionFailedException',
    retryable: true,
    description: 'The target cannot be reached, or refuses our own credentials.',
  },
  connectionBroken: {
    exception: 'ConnectionBrokenException',
    retryable: true,
    description: 'An established connection failed during the operation.',
  },
  connectorIO: {
    exception: 'ConnectorIOException',
    retryable: true,
    description: 'The target answered something unusable, or a listing could not be completed.',
  },
  retryable: {
    exception: 'RetryableException',
    retryable: true,
    description: 'A condition that passes, such as a rate limit; or a create that was made but not finished.',
  },
  timeout: {
    exception: 'OperationTimeoutException',
    retryable: true,
    description: 'The operation did not finish within its deadline.',
  },
  unexpected: {
    exception: 'ConnectorException',
    retryable: false,
    description: 'Anything without a better name.',
  },
} as const satisfies Record<string, { exception: string; retryable: boolean; description: string }>;

/** Name of a failure kind; the key of {@link errorKinds}. */
export type ErrorKind = keyof typeof errorKinds;

/** What the target system said, as far as it said anything. */
export interface UpstreamError {
  readonly status?: number;
  readonly code?: number | string;
  readonly message?: string;
  readonly trackingId?: string;
}

/** One finding of a validation: where (JSON pointer) and what, as a sentence. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** One thing that the operation Test has tried. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly hint?: string;
}

/** Everything an error can carry beyond its kind and message. */
export interface ErrorDetails {
  /** What the reader can do about it. */
  readonly hint?: string;
  /** All findings of a validation, when there are several. */
  readonly errors?: readonly Finding[];
  readonly upstream?: UpstreamError;
  /** Whole seconds after which a repetition makes sense. */
  readonly retryAfter?: number;
  /** Uid of the object concerned: the existing one of a collision, the new one of an unfinished create. */
  readonly uid?: string;
  /** Attributes of the request that were written before the failure. */
  readonly applied?: readonly string[];
  /** Attributes of the request that were not written. */
  readonly notApplied?: readonly string[];
  /** Of a failed test: everything that was checked, in order. */
  readonly checks?: readonly Check[];
  readonly cause?: unknown;
}

/** The one error class of the connector; its kind decides the ConnId exception and the HTTP status. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }

  /** The ConnId exception's simple name. */
  get exception(): string {
    return errorKinds[this.kind].exception;
  }

  /** The same failure with further details; those given win. */
  with(details: ErrorDetails): ConnectorError {
    return new ConnectorError(this.kind, this.message, { ...this.details, ...details });
  }
}

/** The error of an attribute, or a value of one, that is refused; the message repeats no value. */
export function invalidValue(message: string): ConnectorError {
  return new ConnectorError('invalidAttributeValue', message);
}

/**
 * Whatever was thrown, as a {@link ConnectorError}.
 * @param thrown - an error of ours passes unchanged, anything else becomes kind `unexpected`.
 */
export function toConnectorError(thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  return new ConnectorError('unexpected', 'An unexpected error occurred in the connector.', {
    cause: thrown,
  });
}
/** The system's code of an I/O error in brackets, with a leading blank; empty when there is none. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return ` (${String(thrown.code)})`;
}
