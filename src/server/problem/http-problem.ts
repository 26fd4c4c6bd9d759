import { type ErrorKind, errorKinds, type Finding } from '../../connid/errors.js';

/**
 * Failures of the HTTP layer itself. They carry no ConnId exception, so that nobody takes a mistyped path for an
 * object that is gone.
 */
export const httpProblems = {
  badRequest: { status: 400, title: 'The request is not valid HTTP.' },
  unauthorized: {
    status: 401,
    title: 'The request carries no valid token.',
    hint: 'Send a valid token in the header "Authorization: Bearer ...".',
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this operation.',
    hint: 'Use a token that has the scope named, or give the scope to this one in the configuration.',
  },
  foreignOrigin: {
    status: 403,
    title: 'The request comes from a web page of another site.',
    hint: 'Without authentication only pages of this computer may call the service; configure authentication.',
  },
  notFound: {
    status: 404,
    title: 'There is nothing at this path.',
    hint: 'The paths are listed in /openapi.json.',
  },
  methodNotAllowed: { status: 405, title: 'This path does not take this method.' },
  notAcceptable: { status: 406, title: 'None of the media types accepted can be answered.' },
  requestTimeout: { status: 408, title: 'The request did not arrive completely in time.' },
  bodyTooLarge: {
    status: 413,
    title: 'The body is too large.',
    hint: 'The limit is server.bodyLimitBytes in the configuration.',
  },
  unsupportedMediaType: {
    status: 415,
    title: 'The body has a media type, character set or encoding that is not understood.',
    hint: 'Send JSON in UTF-8 with the header "Content-Type: application/json".',
  },
  headersTooLarge: { status: 431, title: 'The header fields are too large.' },
} as const satisfies Record<string, { status: number; title: string; hint?: string }>;

/** Name of a failure of the HTTP layer. */
export type HttpProblemName = keyof typeof httpProblems;

/** What a failure of the HTTP layer says beyond its name. */
interface HttpProblemDetails {
  /** What happened, when the title does not say it all. */
  readonly detail?: string;
  /** Header fields the answer needs, such as `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly Finding[];
}

/** A failure of the HTTP layer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly problem: HttpProblemName,
    readonly details: HttpProblemDetails = {},
  ) {
    super(details.detail ?? httpProblems[problem].title);
  }
}

/** HTTP status of each kind of failure. Exhaustive by type: a new kind does not compile without its status. */
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

/** Every kind of failure, in the order of the catalogue. */
export const allErrorKinds = Object.keys(errorKinds) as readonly ErrorKind[];
