import { ApiError } from '../http/reply.js';
import { type PhoneNumber, type PhoneSite, planPool } from '../state/phone.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { callingPlans } from '../phone/calling-plans.js';
import { checkLicences } from '../users/licence-rules.js';
import { hasPhone, switchPhone } from '../users/feature-rules.js';
import { membersOf, type Unchecked } from '../core/json.js';
import { scimError, urns } from './scim-error.js';

/** The Zoom Phone attributes of a SCIM body. SCIM accepts but never returns them. */
interface ScimPhoneChange {
  /** The default is the main site for a user who gets Zoom Phone, else the present one. */
  readonly site?: PhoneSite;
  /** The default is the next free extension. */
  readonly extension?: number;
  readonly number?: PhoneNumber;
  readonly plan?: number;
}

const names = ['zoomPhoneExtNumber', 'zoomPhoneNumber', 'zoomPhoneSite', 'zoomPhoneCallingPlan'];

/** True for a member that gives a user something of Zoom Phone. `-1` as the plan takes all plans away. */
function gives(name: string, value: unknown): boolean {
  const takesAway = name === 'zoomPhoneCallingPlan' && Number(value) === -1;
  return value !== undefined && value !== '' && !takesAway;
}

/**
 * Reads the `zoomPhone…` attributes; undefined without any. Taking plans away changes nothing for a user without Zoom
 * Phone: it does not switch the phone on.
 * @throws ApiError in SCIM's form.
 */
export function readPhoneChange(world: World, body: Unchecked, user?: User): ScimPhoneChange | undefined {
  const zoom = membersOf(body[urns.zoomUser]);
  const isPhoneUser = user !== undefined && hasPhone(user);
  const isGiven = names.some((name) => gives(name, zoom[name]));
  if (!isGiven && !(isPhoneUser && zoom['zoomPhoneCallingPlan'] !== undefined)) return undefined;
  if (!isPhoneUser) checkPhoneSeat(world);
  const extension = readExtension(world, zoom['zoomPhoneExtNumber'], user);
  const number = readNumber(world, zoom['zoomPhoneNumber'], user);
  const plan = readPlan(world, zoom['zoomPhoneCallingPlan'], user);
  const site = readSite(world, zoom['zoomPhoneSite']);
  return {
    ...(site && { site }),
    ...(extension !== undefined && { extension }),
    ...(number && { number }),
    ...(plan !== undefined && { plan }),
  };
}

export function applyPhoneChange(world: World, user: User, change: ScimPhoneChange): void {
  const { site, extension, number, plan } = change;
  const enrollment = { site: site ?? world.phone.mainSite, ...(extension !== undefined && { extension }) };
  switchPhone(world, user, true, enrollment);
  const phoneUser = world.phone.userOf(user);
  if (!phoneUser) return;
  if (site) phoneUser.site = site;
  if (extension !== undefined) world.phone.setExtension(phoneUser, extension);
  if (number && !number.owner) world.phone.assign(phoneUser, number);
  if (plan === -1) for (const held of phoneUser.plans) world.phone.removePlan(phoneUser, held);
  else if (plan !== undefined && !phoneUser.plans.includes(plan)) world.phone.addPlan(phoneUser, plan);
}

function checkPhoneSeat(world: World): void {
  try {
    checkLicences(world, { phone: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw scimError(world, 409, 'Cannot add Zoom Phone users.');
  }
}

/** Finds a site by name; `main` is the main site. */
function readSite(world: World, name: unknown): PhoneSite | undefined {
  if (name === undefined || name === '') return undefined;
  if (name === 'main') return world.phone.mainSite;
  const site = world.phone.sites.find((each) => each.name === name);
  if (!site) throw scimError(world, 400, 'The "zoomPhoneSite" of the request is invalid.');
  return site;
}

/** `"0"` lets Zoom choose an extension. */
function readExtension(world: World, value: unknown, user?: User): number | undefined {
  if (value === undefined || value === '0') return undefined;
  const extension = Number(value);
  const own = user && world.phone.userOf(user)?.extension_number === extension;
  if (typeof value !== 'string' || !/^\d{3,10}$/.test(value) || (!own && world.phone.isTaken(extension))) {
    throw scimError(world, 400, 'The "zoomPhoneExtNumber" of the request is invalid.');
  }
  return extension;
}

function readNumber(world: World, value: unknown, user?: User): PhoneNumber | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const number = world.phone.number(value);
  if (!number || (number.owner && number.owner.user !== user)) {
    throw scimError(world, 400, 'The "zoomPhoneNumber" of the request is invalid.');
  }
  return number;
}

/** Reads the code of a plan; -1 removes all plans. */
function readPlan(world: World, value: unknown, user?: User): number | undefined {
  if (value === undefined || value === '') return undefined;
  const plan = Number(value);
  if (plan === -1) return plan;
  const held = user && world.phone.userOf(user)?.plans.includes(plan) === true;
  if (!callingPlans.has(plan) || (held !== true && !world.licences.hasFree(planPool(plan)))) {
    throw scimError(world, 400, 'The "zoomPhoneCallingPlan" of the request is invalid.');
  }
  return plan;
}
