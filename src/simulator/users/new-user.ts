import { isoTime } from '../core/clock.js';
import { createId } from '../core/ids.js';
import type { LicenceCode } from '../state/licence-codes.js';
import type { Profile } from '../state/profile.js';
import { builtInRoles, type User } from '../state/records.js';
import type { World } from '../world.js';

/** The properties in which new users differ. */
interface NewUser {
  readonly email: string;
  readonly type: number;
  readonly status: 'active' | 'pending';
  readonly loginType: number;
  readonly names: Readonly<Record<string, unknown>>;
  readonly zoomOne?: LicenceCode;
  readonly profile?: Profile;
  readonly password?: string;
  readonly verified: number;
}

export function addUser(world: World, given: NewUser): User {
  const user: User = {
    seq: world.users.nextSeq(),
    id: createId(world.random),
    email: given.email.toLowerCase(),
    status: given.status,
    type: given.type,
    role_id: builtInRoles.member,
    ...namesOf(given.names),
    dept: '',
    language: 'en-US',
    timezone: '',
    pmi: 1_000_000_000 + world.random.below(9_000_000_000),
    verified: given.verified,
    created_at: isoTime(world.clock.now()),
    last_login_time: '',
    last_client_version: '',
    login_type: given.loginType,
    employee_unique_id: '',
    vanity_name: vanityName(world, given),
    zoom_one_type: given.zoomOne ?? 0,
    groups: [],
    profile: given.profile ?? {},
    features: {},
    secrets: given.password === undefined ? {} : { passwords: [given.password] },
    invitation: given.status === 'pending' ? invitationOf(world, given.email) : undefined,
  };
  world.users.add(user);
  world.onceInvited.delete(user.email);
  return user;
}

/** The display name that Zoom derives from the names. */
export function derivedName(firstName: string, lastName: string): string {
  return `${firstName} ${lastName}`.trim();
}

function namesOf(names: NewUser['names']): Pick<User, 'first_name' | 'last_name' | 'display_name'> {
  const text = (name: string): string => {
    const value = names[name];
    return typeof value === 'string' ? value : '';
  };
  const [first, last] = [text('first_name'), text('last_name')];
  return {
    first_name: first,
    last_name: last,
    display_name: text('display_name') || derivedName(first, last),
  };
}

function invitationOf(world: World, email: string): NonNullable<User['invitation']> {
  const foreign = world.foreignAddresses.has(email.toLowerCase());
  return { sentAt: world.clock.now(), expired: false, foreign };
}

/** A licensed single sign-on user gets a personal link from the address, with a random suffix if it is taken. */
function vanityName(world: World, given: NewUser): string {
  if (given.loginType !== 101 || given.type !== 2) return '';
  const wanted = given.email.slice(0, given.email.indexOf('@')).toLowerCase();
  return world.users.byVanityName(wanted) ? `${wanted}${world.random.bits()}` : wanted;
}
