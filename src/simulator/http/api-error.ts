import type { Reply } from './reply.js';

/** A refusal: carries the complete answer, so that any depth of a handler can end the call. */
export class ApiError extends Error {
  constructor(readonly reply: Reply) {
    super(`Refused with ${reply.status}`);
    this.name = 'ApiError';
  }
}

/** Adds headers to the answer of a refusal; its own ones win. Other errors stay as they are. */
export function withHeaders(error: unknown, headers: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof ApiError)) return error;
  return new ApiError({ ...error.reply, headers: { ...headers, ...error.reply.headers } });
}

/** One entry of the list that comes with `Validation Failed.` */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Zoom's REST error envelope. Source: https://developers.zoom.us/docs/api/errors/ */
export function zoomError(status: number, code: number, message: string): ApiError {
  return new ApiError({ status, body: { code, message } });
}

/** 400/300 with the list of fields that are wrong. */
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
