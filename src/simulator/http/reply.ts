/** The answer of a handler. Without `body` its text is empty. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** The answer of most writes: 204 without a body. */
export const noContent: Reply = { status: 204 };

/** A refusal with its complete answer, so that a handler can end the call at any depth. */
export class ApiError extends Error {
  constructor(readonly reply: Reply) {
    super(`Refused with ${reply.status}`);
    this.name = 'ApiError';
  }
}

/** Adds headers to the answer of a refusal and keeps the headers it has. Returns other errors unchanged. */
export function withHeaders(error: unknown, headers: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof ApiError)) return error;
  return new ApiError({ ...error.reply, headers: { ...headers, ...error.reply.headers } });
}

/** One entry of the list in a `Validation Failed.` answer. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Zoom's REST error envelope. Source: https://developers.zoom.us/docs/api/errors/ */
export function zoomError(status: number, code: number, message: string): ApiError {
  return new ApiError({ status, body: { code, message } });
}

/** 400/300 with the list of wrong fields. */
export function validationError(errors: readonly FieldError[]): ApiError {
  return new ApiError({ status: 400, body: { code: 300, message: 'Validation Failed.', errors } });
}

/** 400/300 about one field. */
export function invalidField(field: string, message = 'Invalid field.'): ApiError {
  return validationError([{ field, message }]);
}

export function userNotFound(userId: string): ApiError {
  return zoomError(404, 1001, `User does not exist: ${userId}.`);
}
