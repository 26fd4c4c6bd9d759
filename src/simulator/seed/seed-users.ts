import { day, isoTime, seedInstant } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import type { LicenceCode } from '../state/licence-codes.js';
import type { CustomAttribute, Profile } from '../state/profile.js';
import { builtInRoles, type User, type UserStatus } from '../state/records.js';
import type { World } from '../world.js';
import { departments, jobTitles, locations, personNames, timezones } from './names.js';

/** Profiles of seeded users. Sharing them keeps an account of a million users small. */
function seedProfiles(random: Random, attributes: readonly CustomAttribute[]): readonly Profile[] {
  return Array.from({ length: 60 }, (_, index) => {
    const filled = index % 6 !== 0;
    return {
      ...(filled && {
        job_title: random.pick(jobTitles),
        company: 'Example Inc.',
        location: random.pick(locations),
        cost_center: `CC-${100 + (index % 7)}`,
        manager: 'admin1@example.com',
      }),
      ...(index % 5 === 1 && { custom_attributes: valuesOf(attributes, index) }),
      ...(index % 5 === 2 && { phone_numbers: [officePhone(index)] }),
      ...(index % 20 === 3 && { plan_united_type: '1' }),
      ...(index % 20 === 4 && { license_info_list: [bundle(index)] }),
    };
  });
}

function valuesOf(attributes: readonly CustomAttribute[], index: number): CustomAttribute[] {
  return attributes.map((attribute) => ({ ...attribute, value: `${attribute.name} ${index}` }));
}

function officePhone(index: number): NonNullable<Profile['phone_numbers']>[number] {
  return { country: 'US', code: '+1', number: `51255501${String(index).padStart(2, '0')}`, label: 'Office' };
}

function bundle(index: number): NonNullable<Profile['license_info_list']>[number] {
  return {
    license_type: 'ZOOM_WORKPLACE_BUNDLE',
    license_option: 16,
    subscription_id: `SUBREF-${100000 + index}-AAAAAA`,
  };
}

const largeLicence = 576_460_752_303_423_488n;

const managedDomain = 'example.com';

/** Shared by all users. A change replaces the value and never changes it in place. */
const noGroups: User['groups'] = [];

const emptyRecord = Object.freeze({});

interface Seed {
  readonly random: Random;
  readonly dates: readonly string[];
  readonly profiles: readonly Profile[];
  readonly customRole: string;
  readonly invitedAt: number;
}

/** Fills the account with users: the owner, two administrators, then the others. */
export function seedUsers(world: World, random: Random, customRole: string): void {
  const dates = Array.from({ length: 700 }, (_, index) =>
    isoTime(seedInstant - index * day - index * 61_000),
  );
  const profiles = seedProfiles(random, world.customAttributes);
  const seed: Seed = { random, dates, profiles, customRole, invitedAt: world.clock.now() };
  for (let index = 0; index < world.options.users; index += 1)
    world.users.add(createUser(world, seed, index));
}

function createUser(world: World, seed: Seed, index: number): User {
  const { random } = seed;
  const name = random.pick(personNames);
  const status = statusOf(index);
  const sso = index % 4 === 1 && index > 2;
  const pending = status === 'pending';
  return {
    seq: world.users.nextSeq(),
    id: idOf(random, index),
    email: emailOf(index, name.slug),
    status,
    type: typeOf(index, status, random),
    role_id: roleOf(index, status, seed.customRole),
    first_name: name.first_name,
    last_name: name.last_name,
    display_name: name.display_name,
    dept: random.pick(departments),
    language: 'en-US',
    timezone: random.pick(timezones),
    pmi: 1_000_000_000 + random.below(9_000_000_000),
    verified: pending ? 0 : 1,
    created_at: dateOf(seed, 0),
    last_login_time: pending ? '' : dateOf(seed, 30),
    last_client_version: pending ? '' : '5.17.11.34827(win)',
    login_type: sso ? 101 : 100,
    employee_unique_id: sso && !pending ? `E${100_000 + index}` : '',
    vanity_name: '',
    zoom_one_type: zoomOneOf(index, status),
    groups: noGroups,
    profile: pending ? {} : (seed.profiles[index % seed.profiles.length] ?? {}),
    features: emptyRecord,
    secrets: emptyRecord,
    invitation: pending
      ? { sentAt: seed.invitedAt, expired: index === 40, foreign: index === 73 }
      : undefined,
  };
}

/** Three of a hundred users are inactive and three are pending. The first five are active. */
function statusOf(index: number): UserStatus {
  if (index % 33 === 5) return 'inactive';
  return index % 33 === 7 ? 'pending' : 'active';
}

/** Ids may begin with `-` and `_`. A few do so on purpose, to uncover encoding mistakes. */
function idOf(random: Random, index: number): string {
  const id = createId(random);
  if (index === 3) return `-${id.slice(1)}`;
  if (index === 4) return `_${id.slice(1)}`;
  return index === 6 ? `---${id.slice(3)}` : id;
}

function emailOf(index: number, slug: string): string {
  if (index === 0) return `owner@${managedDomain}`;
  if (index < 3) return `admin${index}@${managedDomain}`;
  if (index % 100 === 8) return `${slug}${index}+zoom@${managedDomain}`;
  return `${slug}${index}${index % 10 === 9 ? '@partner.example.org' : '@example.com'}`;
}

function typeOf(index: number, status: UserStatus, random: Random): number {
  const draw = random.below(100);
  if (status === 'inactive') return 1;
  if (index < 5 || draw < 70) return 2;
  if (draw < 95) return 1;
  return draw < 99 ? 4 : 99;
}

function roleOf(index: number, status: UserStatus, customRole: string): string {
  if (index === 0) return builtInRoles.owner;
  if (index < 3) return builtInRoles.admin;
  return index % 50 === 11 && status === 'active' ? customRole : builtInRoles.member;
}

function zoomOneOf(index: number, status: UserStatus): LicenceCode {
  if (status !== 'active' || index % 40 > 16) return 0;
  if (index % 40 === 15) return largeLicence;
  return index % 40 === 16 ? 33_554_432 : 0;
}

function dateOf(seed: Seed, newest: number): string {
  return seed.dates[seed.random.below(newest === 0 ? seed.dates.length : newest)] ?? '';
}
