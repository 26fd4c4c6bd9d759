import type { Api, ZoomEndpoint } from '../../kit/endpoint-table.js';
import type { ErrorKind } from '../../../connid/errors.js';
import type { ZoomFault } from './answer.js';

/** The conditions of a row of the error table; all of them must hold. */
export interface Where {
  readonly endpoints?: readonly string[];
  readonly api?: Api;
  readonly statuses?: readonly number[];
  readonly text?: RegExp;
  /** Only for answers with an error about this field. */
  readonly field?: string;
  /** Only for answers with a code, which surely come from Zoom itself. */
  readonly coded?: true;
  /** Only for calls that create or rename an object, so that it may collide with another one. */
  readonly collides?: true;
  /** Only for calls whose path names an object by its uid. */
  readonly named?: true;
  /** Only for calls on one object by its uid and nothing below it, such as `/roles/{roleId}`. */
  readonly byId?: true;
  /** Only for calls with a body, or only for those without. */
  readonly writes?: boolean;
}

/** One row: the meaning of Zoom's code or status, and a hint for the administrator. */
export interface ErrorRow {
  /** Zoom's codes; empty for a row that goes by status. */
  readonly codes: readonly number[];
  readonly kind: ErrorKind;
  readonly hint: string;
  readonly where: Where;
}

/** A row for a code of Zoom. */
export function on(
  codes: number | readonly number[],
  kind: ErrorKind,
  hint: string,
  where?: Where,
): ErrorRow {
  return { codes: typeof codes === 'number' ? [codes] : codes, kind, hint, where: where ?? {} };
}

/** A row for answers without a code, or with one that is not in the table. */
export function byStatus(
  statuses: readonly number[],
  kind: ErrorKind,
  hint: string,
  where?: Where,
): ErrorRow {
  return { codes: [], kind, hint, where: { ...where, statuses } };
}

type Check = (where: Where, endpoint: ZoomEndpoint, fault: ZoomFault) => boolean;

const checks: readonly Check[] = [
  (where, endpoint) => where.endpoints?.includes(endpoint.id) ?? true,
  (where, endpoint) => where.api === undefined || where.api === endpoint.api,
  (where, _, fault) => where.statuses?.includes(fault.status) ?? true,
  (where, _, fault) => where.text?.test(fault.message) ?? true,
  (where, _, fault) => where.field === undefined || fault.errors.some(({ path }) => path === where.field),
  (where, _, fault) => where.coded === undefined || fault.code !== undefined,
  (where, endpoint) => where.collides === undefined || canCollide(endpoint),
  (where, endpoint) => where.named === undefined || namesObject(endpoint),
  (where, endpoint) => where.byId === undefined || isById(endpoint),
  (where, endpoint) =>
    where.writes === undefined || where.writes === ['POST', 'PUT', 'PATCH'].includes(endpoint.method),
];

/** True when the conditions of a row hold for a fault of a call; its codes are not compared. */
export function rowApplies(where: Where, endpoint: ZoomEndpoint, fault: ZoomFault): boolean {
  return checks.every((check) => check(where, endpoint, fault));
}

function canCollide(endpoint: ZoomEndpoint): boolean {
  if (endpoint.api === 'phone') return false;
  const creates = endpoint.method === 'POST' && Object.keys(endpoint.params).length === 0;
  return creates || ['updateUserEmail', 'updateGroup'].includes(endpoint.id);
}

function namesObject(endpoint: ZoomEndpoint): boolean {
  return Object.values(endpoint.params).some(({ names }) => names === 'object');
}

function isById(endpoint: ZoomEndpoint): boolean {
  const [segment, ...others] = Object.values(endpoint.params);
  return segment?.names === 'object' && others.length === 0 && endpoint.path.endsWith('}');
}

// Hints that several rows of the table share.

export const licence =
  'Release a licence or buy more in Zoom\'s billing pages; the message of Zoom in "upstream" names the pool.';

export const protectedUser =
  "Zoom protects owners and administrators from this call; change the user in Zoom's portal.";

export const domain =
  'Add the domain to the managed domains of the Zoom account, or use an address in one of them.';

export const mailTaken = 'The address belongs to a user of this account or of another one.';

export const token = 'Zoom refuses the access token, a fresh one too: check that the app is activated.';
