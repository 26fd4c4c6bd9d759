import { type ErrorKind, errorKinds, type Finding } from '../../connid/errors.js';

/**
 * Errors of the HTTP layer. They contain no ConnId exception, so that a caller does not mistake a wrong path for a
 * deleted object.
 */
export const httpProblems = {
  badRequest: { status: 400, title: 'The request is not valid HTTP.' },
  unauthorized: {
    status: 401,
    title: 'The request contains no valid token.',
    hint: 'Send a valid token in the header "Authorization: Bearer ...".',
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this operation.',
    hint: 'Use a token with this scope, or add the scope to the token in the configuration.',
  },
  foreignOrigin: {
    status: 403,
    title: 'The request comes from a web page of another site.',
    hint: 'Without authentication only pages of this computer may call the service; configure authentication.',
  },
  foreignHost: {
    status: 403,
    title: 'The request names another host than this computer.',
    hint: 'Without authentication call the service by localhost or by an IP address, or configure authentication.',
  },
  notFound: {
    status: 404,
    title: 'There is nothing at this path.',
    hint: 'The paths are listed in /openapi.json.',
  },
  methodNotAllowed: { status: 405, title: 'This path does not accept this method.' },
  notAcceptable: { status: 406, title: 'The operation returns none of the accepted media types.' },
  requestTimeout: { status: 408, title: 'The request did not arrive completely in time.' },
  bodyTooLarge: {
    status: 413,
    title: 'The body is too large.',
    hint: 'The limit is server.bodyLimitBytes in the configuration.',
  },
  unsupportedMediaType: {
    status: 415,
    title: 'The media type, character set or encoding of the body is not supported.',
    hint: 'Send JSON in UTF-8 with the header "Content-Type: application/json".',
  },
  headersTooLarge: { status: 431, title: 'The header fields are too large.' },
  keysUnavailable: {
    status: 503,
    title: 'The token cannot be checked, because the keys of its issuer cannot be had.',
    hint: 'Repeat the request later; the log of the service says why the keys cannot be had.',
  },
} as const satisfies Record<string, { status: number; title: string; hint?: string }>;

/** Name of an error of the HTTP layer. */
export type HttpProblemName = keyof typeof httpProblems;

/** The details of an error of the HTTP layer. */
interface HttpProblemDetails {
  /** A sentence about this occurrence. Default: the title. */
  readonly detail?: string;
  /** Additional header fields of the answer, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly Finding[];
}

/** An error of the HTTP layer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly problem: HttpProblemName,
    readonly details: HttpProblemDetails = {},
  ) {
    super(details.detail ?? httpProblems[problem].title);
  }
}

/** HTTP status of each kind of connector error. The compiler demands a status for every new kind. */
export const httpStatusOf: Readonly<Record<ErrorKind, number>> = {
  invalidAttributeValue: 400,
  illegalArgument: 400,
  permissionDenied: 403,
  unknownUid: 404,
  alreadyExists: 409,
  preconditionFailed: 412,
  configuration: 500,
  unsupported: 501,
  connectionFailed: 502,
  connectionBroken: 502,
  connectorIO: 502,
  retryable: 503,
  timeout: 504,
  unexpected: 500,
};

/** All kinds of connector errors, in the order of the catalogue. */
export const allErrorKinds = Object.keys(errorKinds) as readonly ErrorKind[];
