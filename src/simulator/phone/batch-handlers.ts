import { created, invalidField, noContent, type Reply, zoomError } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { type PhoneNumber, type PhoneSite, planPool } from '../state/phone.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { checkLicences } from '../users/licence-rules.js';
import { hasPhone, switchPhone } from '../users/feature-rules.js';
import { membersOf, type Unchecked } from '../core/json.js';
import { planByName } from './calling-plans.js';
import { findPhoneUser, findSite } from './phone-users.js';
import { userByKey } from '../users/find-user.js';

const batchSize = 10;

interface Entry {
  readonly user: User;
  readonly site: PhoneSite;
  readonly extension: number;
  readonly plans: readonly number[];
  readonly numbers: readonly PhoneNumber[];
  readonly active: boolean;
}

/** POST /phone/users/batch: adds all users, or none if one entry is wrong. */
export function addPhoneUsers(call: Call): Reply {
  const { world } = call;
  const list = membersOf(call.body)['users'];
  if (!Array.isArray(list) || list.length === 0) throw invalidField('users');
  if (list.length > batchSize) throw zoomError(400, 400, 'User size must be less than 10.');
  const entries = list.map((item: unknown, index) => readEntry(world, membersOf(item), `users[${index}]`));
  for (const { user, site, extension, plans, numbers, active } of entries) {
    switchPhone(world, user, true, { site, extension });
    const phoneUser = world.phone.userOf(user);
    if (!phoneUser) continue;
    for (const plan of plans) world.phone.addPlan(phoneUser, plan);
    for (const number of numbers) world.phone.assign(phoneUser, number);
    if (!active) phoneUser.status = 'deactivate';
  }
  return created(entries.map(({ user }) => ({ email: user.email, id: user.id })));
}

/** PUT /phone/users/batch. */
export function updatePhoneUsers(call: Call): Reply {
  const { world } = call;
  const {
    batch_type: type,
    user_ids: ids,
    site_id: siteId,
    activation_status: status,
  } = membersOf(call.body);
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > batchSize) throw invalidField('user_ids');
  const keys = ids.map(String);
  if (type === 'move_site') {
    const site = findSite(world, siteId);
    for (const phoneUser of keys.map((key) => findPhoneUser(world, key))) phoneUser.site = site;
  } else if (type === 'assign_pending_user') {
    assignPending(world, keys);
  } else if (type === 'activate') {
    if (status !== 'activate' && status !== 'deactivate') throw invalidField('activation_status');
    for (const phoneUser of keys.map((key) => findPhoneUser(world, key))) phoneUser.status = status;
  } else {
    throw zoomError(400, 400, `Current batch type does not support, batch type:${String(type)}.`);
  }
  return noContent;
}

function assignPending(world: World, keys: readonly string[]): void {
  const users = keys.map((key) => {
    const user = userByKey(world, key);
    if (user?.status !== 'active') throw zoomError(400, 300, 'Invalid user id.');
    return user;
  });
  for (const user of users) switchPhone(world, user, true);
}

function readEntry(world: World, entry: Unchecked, field: string): Entry {
  const { email, extension_number: short } = entry;
  const user = typeof email === 'string' ? world.users.byEmail(email) : undefined;
  if (user?.status !== 'active' || hasPhone(user)) throw invalidField(`${field}.email`);
  checkLicences(world, { phone: true });
  const site = readSite(world, entry, field);
  const extension = Number(`${site.site_code}${String(short)}`);
  if (typeof short !== 'string' || !/^\d{1,9}$/.test(short) || world.phone.isTaken(extension)) {
    throw invalidField(`${field}.extension_number`);
  }
  const active = entry['activation_status'] !== 'deactivate';
  const plans = readPlans(world, entry['calling_plans'], field);
  return { user, site, extension, plans, numbers: readNumbers(world, entry['phone_numbers'], field), active };
}

/** The account has several sites, so an entry must name one by code or name. */
function readSite(world: World, entry: Unchecked, field: string): PhoneSite {
  const { site_code: code, site_name: name } = entry;
  const site = world.phone.sites.find((each) => String(each.site_code) === code || each.name === name);
  if (!site) throw invalidField(`${field}.site_code`);
  return site;
}

function readPlans(world: World, given: unknown, field: string): number[] {
  if (!Array.isArray(given) || given.length === 0) throw invalidField(`${field}.calling_plans`);
  return given.map((name: unknown) => {
    const plan = typeof name === 'string' ? planByName(name) : undefined;
    if (plan === undefined) throw invalidField(`${field}.calling_plans`);
    if (!world.licences.hasFree(planPool(plan)))
      throw invalidField(`${field}.calling_plans`, 'No licence is left.');
    return plan;
  });
}

function readNumbers(world: World, given: unknown, field: string): PhoneNumber[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > batchSize) throw invalidField(`${field}.phone_numbers`);
  return given.map((key: unknown) => {
    const number = typeof key === 'string' ? world.phone.number(key) : undefined;
    if (!number || number.owner) throw invalidField(`${field}.phone_numbers`);
    return number;
  });
}
