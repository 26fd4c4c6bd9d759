import { type ApiError, zoomError } from '../http/reply.js';
import { poolOfType } from '../state/licences.js';
import type { LicenceCode } from '../state/licence-codes.js';
import type { World } from '../world.js';

/** Licences that a create or an update asks for. */
export interface RequestedLicences {
  readonly type?: number;
  readonly zoomOne?: LicenceCode;
  readonly united?: string;
  readonly phone?: boolean;
}

const typeNames: Readonly<Record<number, string>> = {
  1: 'Basic',
  2: 'Licensed',
  4: 'Unassigned',
  99: 'None',
};

/**
 * Refuses licences without a free seat.
 * Source: https://developers.zoom.us/docs/api/users/#tag/users/POST/users
 */
export function checkLicences(world: World, requested: RequestedLicences): void {
  const { licences } = world;
  const { type, zoomOne, united, phone } = requested;
  if (type !== undefined && !licences.hasFree(poolOfType(type))) throw noSeat(world, type);
  if (zoomOne !== undefined && !licences.hasFree(`zoomOne:${zoomOne}`)) throw noBundle();
  if (united !== undefined && !licences.hasFree(`planUnited:${united}`)) throw noSeat(world, 2);
  if (phone === true && !licences.hasFree('phone')) throw noPhone();
}

/** Refuses another user when the account is full. */
export function checkAccountSize(world: World, type: number): void {
  if (world.licences.hasFree('total')) return;
  const { seats } = world.licences.pool('total');
  throw zoomError(
    400,
    3412,
    `Your request to add a new "${typeNames[type] ?? ''}" user couldn't be approved at this time because your ` +
      `account has reached the permitted maximum number of "${seats ?? 0}" paying users.`,
  );
}

function noSeat(world: World, type: number): ApiError {
  if (type === 1) {
    return zoomError(400, 2033, 'Your account has already reached the maximum basic user limit allowed.');
  }
  const { seats } = world.licences.pool(poolOfType(type));
  return zoomError(
    400,
    2034,
    `Your request to add a new ${typeNames[type] ?? ''} user could not be approved at this time because your ` +
      `account has reached the permitted maximum number of ${seats ?? 0} users.`,
  );
}

function noBundle(): ApiError {
  return zoomError(
    400,
    2038,
    'Your request could not be approved at this time because your account has reached the permitted maximum ' +
      'number of Zoom One users.',
  );
}

function noPhone(): ApiError {
  return zoomError(
    404,
    1102,
    'You cannot enable the **Zoom Phone** feature because you do not have any available licenses.',
  );
}
