import { day, isoTime, seedInstant } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import { callingPlans, exhaustedPlan } from '../phone/calling-plans.js';
import { enroll } from '../phone/phone-users.js';
import { type PhoneSite, planPool } from '../state/phone.js';
import type { Group, User } from '../state/records.js';
import type { World } from '../world.js';
import { groupNames } from './names.js';

const firstNumber = 2_055_000_000;

const freeNumbers = 60;

/** Fills Zoom Phone: two sites, users with numbers and plans, and free numbers. */
export function seedPhone(world: World, random: Random): void {
  const { phone } = world;
  phone.sites.push(createSite(random, 'Main Site', 1), createSite(random, 'Zürich', 2));
  const owners = world.users.list('active').slice(0, world.options.phoneUsers);
  owners.forEach((user, index) => {
    const site = phone.sites[index % 3 === 2 ? 1 : 0] ?? phone.mainSite;
    const phoneUser = enroll(world, user, { site, random });
    world.users.change(user, { features: { ...user.features, zoom_phone: true } });
    if (index % 5 !== 4) phone.addPlan(phoneUser, index % 2 === 0 ? 200 : 100);
    if (index === 7) phoneUser.status = 'deactivate';
  });
  seedNumbers(world, random);
}

/** Sets the seats of the calling plans. One plan has no free seat. */
export function setPlanSeats(world: World): void {
  for (const plan of callingPlans.keys()) world.licences.setFree(planPool(plan), world.options.freeLicences);
  world.licences.setFree(planPool(exhaustedPlan), 0);
}

function createSite(random: Random, name: string, code: number): PhoneSite {
  const receptionist = {
    id: createId(random),
    extension_id: createId(random),
    extension_number: Number(`${code}100`),
  };
  return { id: createId(random), name, site_code: code, receptionist };
}

/** Gives one number to most phone users and two to a few. Adds free numbers; the last one is still pending. */
function seedNumbers(world: World, random: Random): void {
  const { phone } = world;
  let next = firstNumber;
  const add = (site: PhoneSite, last: boolean): string => {
    const id = createId(random);
    next += 1;
    phone.addNumber({
      id,
      number: `+1${next}`,
      number_type: next % 10 === 0 ? 'tollfree' : 'toll',
      status: last ? 'pending' : 'available',
      source: 'internal',
      site,
      owner: undefined,
    });
    return id;
  };
  phone.users.forEach((phoneUser, index) => {
    const count = index % 10 === 9 ? 0 : index % 10 === 1 ? 2 : 1;
    for (let each = 0; each < count; each += 1) {
      const number = phone.number(add(phoneUser.site, false));
      if (number) phone.assign(phoneUser, number);
    }
  });
  for (let index = 0; index < freeNumbers; index += 1) add(phone.mainSite, index === freeNumbers - 1);
}

/** Creates the groups. Most users are in one group, some in none and some in three. */
export function seedGroups(world: World, random: Random): void {
  const createdAt = isoTime(seedInstant - 30 * day);
  const groups = Array.from({ length: world.options.groups }, (_, index) =>
    world.groups.add(createId(random), groupNames[index] ?? `Group ${index + 1}`, createdAt),
  );
  if (groups.length === 0) return;
  // The groups twice in a row, so that three neighbours exist from any start.
  const circle = [...groups, ...groups];
  for (const status of ['active', 'inactive'] as const) {
    for (const user of world.users.list(status)) {
      const start = user.seq % groups.length;
      const end = start + Math.min(groupCount(user.seq), groups.length);
      for (let index = start; index < end; index += 1) join(world, circle[index], user);
    }
  }
  groups[0]?.admins.push(...world.users.list('active', '1'));
}

function join(world: World, group: Group | undefined, user: User): void {
  if (group) world.groups.join(group, user);
}

function groupCount(seq: number): number {
  if (seq % 10 === 0) return 0;
  return seq % 10 === 1 ? 3 : 1;
}
