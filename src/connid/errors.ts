/**
 * The kinds of failure of a connector. Each has the simple name of ConnId's exception, a flag that says if the same
 * request may succeed later, and the sentence for the error reference. The server maps kinds to HTTP statuses, the
 * Zoom client maps Zoom's codes to kinds.
 */
export const errorKinds = {
  invalidAttributeValue: {
    exception: 'InvalidAttributeValueException',
    retryable: false,
    description: 'An attribute is unknown, not writable, of the wrong type, or has an invalid value.',
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
    description: 'The object to be read, updated or deleted does not exist.',
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
    description: 'The configuration has an error that appears only at run time.',
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
    description: 'The target returned an unusable answer, or a listing could not be completed.',
  },
  retryable: {
    exception: 'RetryableException',
    retryable: true,
    description:
      'A temporary condition, such as a rate limit; or an object that was created but not completed.',
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

/** The parts of an error that the target system returned. */
export interface UpstreamError {
  readonly status?: number;
  readonly code?: number | string;
  readonly message?: string;
  readonly trackingId?: string;
}

/** A finding of a validation: the place as a JSON pointer, and a sentence. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** The result of one check of the operation Test. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly hint?: string;
}

/** The optional details of an error, beyond its kind and message. */
export interface ErrorDetails {
  /** Advice for the reader, as a sentence. */
  readonly hint?: string;
  /** All findings of a validation, if there are several. */
  readonly errors?: readonly Finding[];
  readonly upstream?: UpstreamError;
  /** Whole seconds to wait before the request is repeated. */
  readonly retryAfter?: number;
  /** Uid of the existing object in a collision, or of the new object if its create did not complete. */
  readonly uid?: string;
  /** Attributes of the request that were written before the failure. */
  readonly applied?: readonly string[];
  /** Attributes of the request that were not written, or not completely. */
  readonly notApplied?: readonly string[];
  /** Attributes of the request that may or may not have been written: an answer was lost. */
  readonly unknown?: readonly string[];
  /** The error of a change that may have taken effect nevertheless. */
  readonly mayHaveHappened?: true;
  /** All checks of a failed Test, in order. */
  readonly checks?: readonly Check[];
  readonly cause?: unknown;
}

/** The one error class of the connector. Its kind determines the ConnId exception and the HTTP status. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }

  /** The simple name of the ConnId exception. */
  get exception(): string {
    return errorKinds[this.kind].exception;
  }

  /** Copies the error with other words: in its message, its hint, and those of the error that caused it. */
  reworded(words: (text: string) => string): ConnectorError {
    const { cause, hint } = this.details;
    return new ConnectorError(this.kind, words(this.message), {
      ...this.details,
      ...(hint !== undefined && { hint: words(hint) }),
      ...(cause instanceof ConnectorError && { cause: cause.reworded(words) }),
    });
  }

  /** Copies the error with more details. They override the present ones. */
  with(details: ErrorDetails): ConnectorError {
    return new ConnectorError(this.kind, this.message, { ...this.details, ...details });
  }
}

/** An error of kind `invalidAttributeValue`. The message must not repeat the value. */
export function invalidValue(message: string): ConnectorError {
  return new ConnectorError('invalidAttributeValue', message);
}

/**
 * Converts a thrown value to a {@link ConnectorError}.
 * @param thrown - a ConnectorError passes unchanged, anything else becomes the cause of an error of kind `unexpected`.
 */
export function toConnectorError(thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  return new ConnectorError('unexpected', 'An unexpected error occurred in the connector.', {
    cause: thrown,
  });
}
/** The system's code of an I/O error in brackets after a blank: ` (ENOENT)`. Empty if the error has none. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return ` (${String(thrown.code)})`;
}
