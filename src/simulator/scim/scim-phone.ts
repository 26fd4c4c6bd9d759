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
  readonly site: PhoneSite;
  /** The default is the next free extension. */
  readonly extension?: number;
  readonly number?: PhoneNumber;
  readonly plan?: number;
}

/** Reads the `zoomPhone…` attributes; undefined without any. @throws ApiError in SCIM's form */
export function readPhoneChange(world: World, body: Unchecked, user?: User): ScimPhoneChange | undefined {
  const zoom = membersOf(body[urns.zoomUser]);
  const names = ['zoomPhoneExtNumber', 'zoomPhoneNumber', 'zoomPhoneSite', 'zoomPhoneCallingPlan'];
  if (names.every((name) => zoom[name] === undefined)) return undefined;
  if (!user || !hasPhone(user)) checkPhoneSeat(world);
  const extension = readExtension(world, zoom['zoomPhoneExtNumber'], user);
  const number = readNumber(world, zoom['zoomPhoneNumber'], user);
  const plan = readPlan(world, zoom['zoomPhoneCallingPlan'], user);
  return {
    site: readSite(world, zoom['zoomPhoneSite']),
    ...(extension !== undefined && { extension }),
    ...(number && { number }),
    ...(plan !== undefined && { plan }),
  };
}

export function applyPhoneChange(world: World, user: User, change: ScimPhoneChange): void {
  const { site, extension, number, plan } = change;
  switchPhone(world, user, true, { site, ...(extension !== undefined && { extension }) });
  const phoneUser = world.phone.userOf(user);
  if (!phoneUser) return;
  phoneUser.site = site;
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

/** Finds a site by name. Without a name, or with `main`, it is the main site. */
function readSite(world: World, name: unknown): PhoneSite {
  if (name === undefined || name === 'main') return world.phone.mainSite;
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
