import { created, noContent, ok, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { limitMessages, tooManyRequests } from '../limits/too-many-requests.js';
import { isAdministrator, type User } from '../state/records.js';
import type { World } from '../world.js';
import { isEmail, isManaged } from '../users/find-user.js';
import { leaveAccount } from '../users/delete-user.js';
import { addUser } from '../users/new-user.js';
import { membersOf, type Unchecked } from '../core/json.js';
import { recordEmailChange, setStatus } from '../users/status-email-password.js';
import { applyScimChange, checkPersonalLink, checkScimLicences, resolveNames } from './apply-change.js';
import { applyPhoneChange, readPhoneChange } from './scim-phone.js';
import { scimError, urns } from './scim-error.js';
import { clearedCore, readScimChange, type ScimChange, withoutScimFields } from './scim-user-change.js';
import { scimWritten } from './scim-user-view.js';
import { scimUserOf } from './user-reads.js';

/** POST /scim2/Users. Source: https://developers.zoom.us/docs/api/scim2/ */
export function createScimUser(call: Call): Reply {
  const { world } = call;
  const body = membersOf(call.body);
  const { userName } = body;
  if (!isEmail(userName)) throw scimError(world, 400, 'The "userName" of the request is invalid.');
  const email = userName.toLowerCase();
  if (world.users.byEmail(email)) {
    throw scimError(world, world.options.scimDuplicateStatus, `The email "${email}" is already in use.`);
  }
  checkDomain(world, email);
  const change = readScimChange(world, body);
  const type = change.core.type ?? 1;
  checkScimLicences(world, { ...change, core: { ...change.core, type } });
  checkPersonalLink(world, change);
  const names = resolveNames(world, change);
  const phone = readPhoneChange(world, body);
  const user = add(world, { email, type, body });
  applyScimChange(world, user, change, names);
  if (phone) applyPhoneChange(world, user, phone);
  return created(scimWritten(world, user));
}

/** PUT /scim2/Users/{userId}: merges the body or replaces the user, see the option `scimPut`. */
export function replaceScimUser(call: Call): Reply {
  const { world } = call;
  const user = scimUserOf(call);
  const body = membersOf(call.body);
  if (user.status === 'inactive') throw scimError(world, 400, 'User is inactive or locked.');
  const email = newEmail(world, user, body);
  const change = readScimChange(world, body);
  checkScimLicences(world, change, user);
  checkPersonalLink(world, change, user);
  const names = resolveNames(world, change);
  const phone = readPhoneChange(world, body, user);
  const active = body['active'] === false ? false : undefined;
  if (active === false) checkStatusChange(world, user);
  if (email !== undefined) changeEmail(world, user, email);
  if (world.options.scimPut === 'replace') clear(world, user, change);
  applyScimChange(world, user, change, names);
  if (phone) applyPhoneChange(world, user, phone);
  if (active === false) setStatus(world, user, false);
  return ok(scimWritten(world, user));
}

/** PATCH /scim2/Users/{userId}: can only replace `active`. */
export function patchScimUser(call: Call): Reply {
  const { world } = call;
  const user = scimUserOf(call);
  const active = readActive(world, membersOf(call.body)['Operations']);
  if ((user.status === 'active') !== active) {
    checkStatusChange(world, user);
    if (active) checkScimLicences(world, { core: { type: user.type }, profile: {}, features: {} });
    setStatus(world, user, active);
  }
  return ok(scimWritten(world, user));
}

/** DELETE /scim2/Users/{userId}: deletes or disassociates, see the option `scimDelete`. */
export function deleteScimUser(call: Call): Reply {
  const { world } = call;
  const user = scimUserOf(call);
  if (isAdministrator(user)) throw scimError(world, 400, 'Cannot delete Admin user.');
  leaveAccount(world, user, world.options.scimDelete);
  return noContent;
}

/** Invites a work e-mail login and an address with an account elsewhere; every other user is active at once. */
function add(world: World, given: { email: string; type: number; body: Unchecked }): User {
  const login = membersOf(membersOf(given.body[urns.login])['loginType']);
  const invited = world.foreignAddresses.has(given.email) || login['workEmail'] === true;
  return addUser(world, {
    email: given.email,
    type: given.type,
    status: invited ? 'pending' : 'active',
    loginType: invited ? 100 : 101,
    names: {},
    verified: invited ? 0 : 1,
  });
}

function readActive(world: World, operations: unknown): boolean {
  const values = (Array.isArray(operations) ? operations : []).map((item: unknown) => {
    const { op, path, value } = membersOf(item);
    if (String(op).toLowerCase() !== 'replace') return undefined;
    return path === 'active' ? value : membersOf(value)['active'];
  });
  const [active] = values;
  if (values.length === 0 || values.some((value) => typeof value !== 'boolean')) {
    throw scimError(world, 400, 'The request json did not contains valid active field.');
  }
  return active === true;
}

function checkStatusChange(world: World, user: User): void {
  if (!isAdministrator(user)) return;
  throw scimError(world, 400, 'Cannot activate or deactivate Zoom Room and Admin users.');
}

function checkDomain(world: World, email: string): void {
  if (isManaged(world, email) || world.foreignAddresses.has(email)) return;
  throw scimError(
    world,
    409,
    'The email domain does not match the associated domain of the account, please contact Zoom Customer Support ' +
      'to set up if necessary.',
  );
}

function newEmail(world: World, user: User, body: Unchecked): string | undefined {
  const emails = body['emails'];
  const first: unknown = Array.isArray(emails) ? emails[0] : undefined;
  const { value } = membersOf(first);
  if (typeof value !== 'string' || value.toLowerCase() === user.email) return undefined;
  const email = value.toLowerCase();
  if (isAdministrator(user)) throw scimError(world, 400, 'Cannot change the email of Admin user.');
  if (world.users.byEmail(email) || world.foreignAddresses.has(email)) {
    throw scimError(world, 409, `Email ''${email}'' has already been used.`);
  }
  checkDomain(world, email);
  return email;
}

function changeEmail(world: World, user: User, email: string): void {
  if (!recordEmailChange(world, user)) throw tooManyRequests(limitMessages.user);
  world.users.change(user, { email });
}

function clear(world: World, user: User, change: ScimChange): void {
  world.users.change(user, { ...clearedCore, profile: withoutScimFields(user.profile) });
  if (change.groups === undefined) for (const group of user.groups) world.groups.leave(group, user);
}
