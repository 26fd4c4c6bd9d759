import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { ConnectorError, type Finding } from '../../connid/errors.js';
import { nearestName } from '../../connid/nearest-name.js';
import { HttpProblem } from '../problem/http-problem.js';

/**
 * Chooses the media type of the answer, before the operation runs: a write must not happen if the caller cannot accept
 * its answer.
 * @param offered - media types of the operation, best first. Empty if it returns no body.
 * @returns `undefined` if the operation returns no body.
 * @throws HttpProblem `notAcceptable`.
 */
export function acceptedMediaType(request: Request, offered: readonly string[]): string | undefined {
  const [best] = offered;
  const { accept } = request.headers;
  if (best === undefined || accept === undefined || accept === '*/*' || accept === best) return best;
  const chosen = request.accepts([...offered]);
  if (chosen !== false) return chosen;
  throw new HttpProblem('notAcceptable', { detail: `This operation returns ${offered.join(' or ')}.` });
}

/** Header with the id of a request, in the request and in the answer. */
export const requestIdHeader = 'X-Request-Id';

/** Characters that are safe in a header, a log line and a shell. No `@`, so that an e-mail address is never an id. */
const acceptable = /^[A-Za-z0-9._~:+/=-]{1,128}$/;

/**
 * The id of a request.
 * @param header - the caller's id; if it is absent or has unsafe characters, the request gets a new one.
 */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && acceptable.test(header) ? header : randomUUID();
}

/** The query parameters of all operations. */
export const queryParameters = {
  objectClass: {
    schema: { type: 'string', minLength: 1 },
    description: 'Return this object class only.',
  },
  dryRun: {
    schema: { type: 'boolean', default: false },
    description: 'Write nothing; return the calls to Zoom that the operation would make.',
  },
} as const;

/** Name of a query parameter. */
export type QueryParameter = keyof typeof queryParameters;

/** The checked query parameters of a request. */
export interface QueryValues {
  readonly objectClass?: string;
  readonly dryRun: boolean;
}

/** Of a longer query only this many names are read: with one more than there are parameters, it is refused anyway. */
const maxParameters = 20;

/**
 * Reads the query of a request.
 *
 * An unknown parameter is an error, because a mistyped `dryRun` must not cause a write.
 * @param url - path and query of the request.
 * @param allowed - the parameters of this operation.
 * @throws ConnectorError `illegalArgument`.
 */
export function readQuery(url: string, allowed: readonly QueryParameter[]): QueryValues {
  if (!url.includes('?')) return { dryRun: false };
  const parameters = new URLSearchParams(url.split('?').slice(1).join('?'));
  const names = [...new Set(parameters.keys())].slice(0, maxParameters);
  const findings = names.flatMap((name, index) => findingsOf(name, index, parameters.getAll(name), allowed));
  if (findings[0] !== undefined) {
    throw new ConnectorError('illegalArgument', findings[0].message, { errors: findings });
  }
  const objectClass = parameters.get('objectClass');
  return { dryRun: parameters.get('dryRun') === 'true', ...(objectClass === null ? {} : { objectClass }) };
}

function findingsOf(
  name: string,
  index: number,
  values: readonly string[],
  allowed: readonly QueryParameter[],
): Finding[] {
  if (!isAllowed(name, allowed)) return [unknownParameter(name, index, allowed)];
  const fault = faultOf(name, values);
  return fault === undefined
    ? []
    : [{ path: `?${name}`, message: `The query parameter \`${name}\` ${fault}.` }];
}

function isAllowed(name: string, allowed: readonly string[]): name is QueryParameter {
  return allowed.includes(name);
}

/** A name is repeated only if it resembles a known one: any other may be a secret in the wrong place. */
function unknownParameter(name: string, index: number, allowed: readonly QueryParameter[]): Finding {
  const near = nearestName(name, allowed);
  if (near === undefined) {
    return { path: '?', message: `Query parameter ${index + 1} is not known here.` };
  }
  const message = `The query parameter \`${name}\` is not known here. Did you mean \`${near}\`?`;
  return { path: `?${name}`, message };
}

function faultOf(name: QueryParameter, values: readonly string[]): string | undefined {
  if (values.length > 1) return 'is given more than once';
  if (name === 'dryRun') {
    return values[0] === 'true' || values[0] === 'false' ? undefined : 'must be true or false';
  }
  return values[0] === '' ? 'must not be empty' : undefined;
}
