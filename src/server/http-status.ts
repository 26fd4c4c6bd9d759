import { errorKinds, type ErrorKind } from '../connid/errors.js';

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
