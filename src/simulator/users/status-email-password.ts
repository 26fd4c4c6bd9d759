import { day } from '../core/clock.js';
import { createId } from '../core/ids.js';
import { type ApiError, invalidField, noContent, ok, type Reply, zoomError } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { limitMessages, tooManyRequests } from '../limits/too-many-requests.js';
import { isAdministrator, type User } from '../state/records.js';
import type { World } from '../world.js';
import { emailTaken, isEmail, isManaged, memberOf } from './find-user.js';
import { removeLicences } from './delete-user.js';
import { checkLicences } from './licence-rules.js';
import { brokenRule } from './password-rules.js';
import { membersOf } from '../core/json.js';
import { userDisabled } from './update-user.js';

const emailChangesPerDay = 3;
const passwordChangesPerDay = 3;
const rememberedPasswords = 5;

/** PUT /users/{userId}/status. A change to the present status succeeds. */
export function changeStatus(call: Call): Reply {
  const { world } = call;
  const user = memberOf(call);
  const action = membersOf(call.body)['action'];
  const done: Reply = { status: world.options.statusChangeStatus };
  if (action === 'clock_in' || action === 'clock_out') return done;
  if (action !== 'activate' && action !== 'deactivate') throw invalidField('action');
  if (isAdministrator(user)) throw administratorStatus();
  setStatus(world, user, action === 'activate');
  return done;
}

/** Activates or deactivates a user. A deactivation removes every licence. */
export function setStatus(world: World, user: User, active: boolean): void {
  if ((user.status === 'active') === active) return;
  if (active) checkLicences(world, { type: user.type });
  else removeLicences(world, user);
  world.users.change(user, { status: active ? 'active' : 'inactive' });
}

/** PUT /users/{userId}/email: within the managed domains, three times in 24 hours. */
export function changeEmail(call: Call): Reply {
  const { world } = call;
  const user = memberOf(call);
  const email = membersOf(call.body)['email'];
  if (!isEmail(email)) throw invalidField('email');
  if (isAdministrator(user)) throw zoomError(400, 1000, 'Admin can not change other admins email.');
  if (user.status === 'inactive' && world.options.inactivePatch === 'refuse') throw userDisabled();
  setEmail(world, user, email.toLowerCase());
  return noContent;
}

/** Changes an address after checks of its domain, its uniqueness and the daily number of changes. */
function setEmail(world: World, user: User, email: string): void {
  if (!isManaged(world, email)) throw unmanagedDomain();
  const other = world.users.byEmail(email);
  if ((other && other !== user) || world.foreignAddresses.has(email)) throw emailTaken(world, email);
  if (!recordEmailChange(world, user)) throw tooManyRequests(limitMessages.user);
  world.users.change(user, { email });
}

/** Counts a change of address. Returns false after three changes in the last 24 hours. */
export function recordEmailChange(world: World, user: User): boolean {
  const now = world.clock.now();
  const recent = recentOf(user.secrets.emailChanges, now);
  if (recent.length >= emailChangesPerDay) return false;
  user.secrets = { ...user.secrets, emailChanges: [...recent, now] };
  return true;
}

/** PUT /users/{userId}/password: work e-mail logins only. */
export function changePassword(call: Call): Reply {
  const { world } = call;
  const user = memberOf(call);
  const { password } = membersOf(call.body);
  if (typeof password !== 'string') throw zoomError(400, 300, 'Invalid parameter: password');
  if (isAdministrator(user)) throw zoomError(400, 1117, "Can not update Admin's password");
  if (user.login_type !== 100)
    throw zoomError(400, 1123, 'Can only update password of Zoom work email account');
  checkPassword(user, password, world.clock.now());
  const changes = [...recentOf(user.secrets.passwordChanges, world.clock.now()), world.clock.now()];
  const passwords = [password, ...(user.secrets.passwords ?? [])].slice(0, rememberedPasswords);
  user.secrets = { ...user.secrets, passwordChanges: changes, passwords };
  return noContent;
}

/** DELETE /users/{userId}/token: ends the sessions of the user. */
export function revokeToken(call: Call): Reply {
  const user = memberOf(call);
  user.secrets = { ...user.secrets, logouts: (user.secrets.logouts ?? 0) + 1 };
  return noContent;
}

/** GET /users/{userId}/token. */
export function readToken(call: Call): Reply {
  return ok({ token: `${memberOf(call).id}.${createId(call.world.random)}` });
}

function checkPassword(user: User, password: string, now: number): void {
  const [latest, ...earlier] = user.secrets.passwords ?? [];
  if (password === latest) throw zoomError(400, 300, 'Your new password can not match the old password.');
  if (recentOf(user.secrets.passwordChanges, now).length >= passwordChangesPerDay) throw passwordLimit();
  const broken = brokenRule(password);
  if (broken) throw zoomError(400, broken.code, broken.message);
  if (earlier.includes(password)) {
    throw zoomError(
      400,
      1129,
      `Users cannot reuse any of the last ${rememberedPasswords} passwords created.`,
    );
  }
}

function recentOf(instants: readonly number[] | undefined, now: number): readonly number[] {
  return (instants ?? []).filter((instant) => instant > now - day);
}

function administratorStatus(): ApiError {
  return zoomError(400, 200, "Zoom Room and Admin users' status cannot be activated or deactivated.");
}

function unmanagedDomain(): ApiError {
  return zoomError(
    400,
    1116,
    "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.",
  );
}

function passwordLimit(): ApiError {
  return zoomError(
    400,
    300,
    'This password cannot be changed because it has already been changed the maximum number of times over the ' +
      'past 24 hours.',
  );
}
