import { day } from '../core/clock.js';
import { ApiError, userNotFound, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { builtInRoles, type User } from '../state/records.js';
import type { World } from '../world.js';

/**
 * The user of a path segment: an id, an address, or `me`. `me` is the owner, because a server-to-server token acts as
 * the owner.
 * @throws ApiError 404/1001 for an unknown user.
 */
export function findUser(world: World, userId: string): User {
  const user = lookUp(world, userId);
  if (!user || (isHidden(world, user) && !isAddress(userId))) throw userNotFound(userId);
  return user;
}

/** Like `findUser`, for calls that refuse a user with an expired invitation (400/1120). */
export function findInvited(world: World, userId: string): User {
  const user = findUser(world, userId);
  if (isExpired(world, user)) throw invitationGone();
  return user;
}

/** Like `findUser`, for calls that do not accept pending users. */
export function findMember(world: World, userId: string): User {
  const user = findUser(world, userId);
  if (user.status === 'pending') throw userNotFound(userId);
  return user;
}

/** The active or inactive user named by `{userId}` in the path. */
export function memberOf(call: Call): User {
  return findMember(call.world, param(call, 'userId'));
}

function isExpired(world: World, user: User): boolean {
  const { invitation } = user;
  if (!invitation) return false;
  const days = world.options.invitationLifeDays;
  return invitation.expired || (days > 0 && world.clock.now() >= invitation.sentAt + days * day);
}

/** 400/1120. Source: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId} */
export function invitationGone(): Error {
  return zoomError(400, 1120, 'A valid invitation to join the Zoom account was not found for this user.');
}

/** A user by id or address; undefined for an unknown key. */
export function userByKey(world: World, key: string): User | undefined {
  return isAddress(key) ? world.users.byEmail(key) : world.users.byId(key);
}

export function isAddress(userId: string): boolean {
  return userId.includes('@');
}

/** True for a pending user without an id, or with an id that Zoom does not accept. */
function isHidden(world: World, user: User): boolean {
  if (user.status !== 'pending') return false;
  return user.invitation?.foreign === true || world.options.pendingById === 'notFound';
}

function lookUp(world: World, userId: string): User | undefined {
  if (userId === 'me') return world.users.list('active', builtInRoles.owner)[0];
  return userByKey(world, userId);
}

/**
 * The refusal of a taken name. Zoom documents 409. The status is an option, because a published guide says that
 * administrators should expect 412.
 */
export function duplicate(world: World, code: number, message: string): ApiError {
  const { duplicateStatus, duplicateBody } = world.options;
  const body = duplicateBody === 'code' ? { code, message } : { message };
  return new ApiError({ status: duplicateStatus, body });
}

export function emailTaken(world: World, email: string): ApiError {
  return duplicate(world, 1005, `Email "${email}" has already been used.`);
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

export function isManaged(world: World, email: string): boolean {
  return world.options.managedDomains.includes(domainOf(email));
}

/** True for an e-mail address. Its local part may be a quoted string with blanks (RFC 5321). */
export function isEmail(value: unknown): value is string {
  const form = /^(?:[^\s@]+|"(?:[^"\\]|\\.)*")@[^\s@]+\.[^\s@]+$/;
  return typeof value === 'string' && value.length <= 128 && form.test(value);
}
