import { invalidField, noContent, ok, type Reply, validationError, zoomError } from '../http/reply.js';
import { choice, pageView, paginate, wholeNumber } from '../http/paging.js';
import type { Call } from '../http/route.js';
import type { PhoneUser } from '../state/phone.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { hasPhone } from '../users/feature-rules.js';
import { membersOf } from '../core/json.js';
import { phoneBundles } from './calling-plans.js';
import { findSite, phoneUserOf } from './phone-users.js';
import { phoneProfile, phoneRow } from './phone-view.js';

/** GET /phone/users. */
export function listPhoneUsers(call: Call): Reply {
  const { world, query } = call;
  const status = choice(query, 'status', ['', 'activate', 'deactivate', 'pending']);
  const listing = { name: 'phone/users', maximum: 100, badTokenCode: 400 };
  if (status === 'pending') {
    const page = paginate(world, query, bundleHolders(world), listing);
    return ok({ ...pageView(page), users: page.rows.map(pendingRow) });
  }
  const page = paginate(world, query, filtered(call, status), listing);
  return ok({ ...pageView(page), users: page.rows.map((phoneUser) => phoneRow(world, phoneUser)) });
}

/** GET /phone/users/{userId}. */
export function readPhoneUser(call: Call): Reply {
  return ok(phoneProfile(call.world, phoneUserOf(call)));
}

/** PATCH /phone/users/{userId}. A write takes the extension as text; reads return it as a number. */
export function updatePhoneUser(call: Call): Reply {
  const { world } = call;
  const phoneUser = phoneUserOf(call);
  const body = membersOf(call.body);
  const site = body['site_id'] === undefined ? phoneUser.site : findSite(world, body['site_id']);
  const extension = readExtension(world, phoneUser, body['extension_number']);
  if (extension !== undefined) world.phone.setExtension(phoneUser, extension);
  phoneUser.site = site;
  phoneUser.policy = { ...phoneUser.policy, ...membersOf(body['policy']) };
  const address = body['emergency_address_id'];
  if (typeof address === 'string') phoneUser.emergency_address_id = address;
  return noContent;
}

/** GET /phone/users/{userId}/settings. The values of its status differ from those in the profile. */
export function readPhoneSettings(call: Call): Reply {
  const phoneUser = phoneUserOf(call);
  const [number] = phoneUser.numbers;
  return ok({
    status: phoneUser.status === 'activate' ? 'Active' : 'Inactive',
    extension_number: phoneUser.extension_number,
    audio_prompt_language: 'en-US',
    area_code: '205',
    country: { code: 'US', country_code: '1', name: 'United States' },
    ...(number && { outbound_caller: { number: number.number } }),
    outbound_caller_ids: phoneUser.numbers.map((each) => ({
      name: phoneUser.site.name,
      number: each.number,
    })),
    desk_phone: { devices: [] },
    voice_mail: [],
    ...phoneUser.settings,
  });
}

/** PATCH /phone/users/{userId}/settings. */
export function updatePhoneSettings(call: Call): Reply {
  const phoneUser = phoneUserOf(call);
  const {
    outbound_caller_id: callerId,
    area_code: area,
    audio_prompt_language: language,
  } = membersOf(call.body);
  if (typeof callerId === 'string' && call.world.phone.number(callerId)?.owner !== phoneUser) {
    throw zoomError(400, 400, 'Invalid outbound caller ID.');
  }
  phoneUser.settings = {
    ...phoneUser.settings,
    ...(typeof callerId === 'string' && { outbound_caller: { number: callerId } }),
    ...(typeof area === 'string' && { area_code: area }),
    ...(typeof language === 'string' && { audio_prompt_language: language }),
  };
  return noContent;
}

/** Users with a bundle that includes Zoom Phone, but without a phone record. */
function bundleHolders(world: World): readonly User[] {
  return world.users.list('active').filter((user) => phoneBundles.has(user.zoom_one_type) && !hasPhone(user));
}

function pendingRow(user: User): Record<string, unknown> {
  return { id: user.id, name: user.display_name, email: user.email, department: user.dept };
}

type Test = (phoneUser: PhoneUser) => boolean;

function filtered(call: Call, status: string): readonly PhoneUser[] {
  const { world } = call;
  const now = world.clock.now();
  const tests = testsOf(call.query);
  if (status !== '') tests.push((each) => each.status === status);
  if (world.options.phoneDelayMs > 0) tests.push((each) => each.readableAt <= now);
  const all = world.phone.users;
  return tests.length === 0 ? all : all.filter((each) => tests.every((test) => test(each)));
}

function testsOf(query: URLSearchParams): Test[] {
  const plan = wholeNumber(query, 'calling_type');
  const keyword = query.get('keyword')?.toLowerCase() ?? '';
  const tests: Test[] = [];
  if (plan !== undefined) tests.push((each) => each.plans.includes(plan));
  if (keyword !== '') tests.push((each) => hasKeyword(each, keyword));
  const compare = (name: string, read: (phoneUser: PhoneUser) => string | undefined): void => {
    const wanted = query.get(name) ?? '';
    if (wanted !== '') tests.push((each) => read(each) === wanted);
  };
  compare('site_id', (each) => each.site.id);
  compare('department', (each) => each.user.dept);
  compare('cost_center', (each) => each.user.profile.cost_center);
  return tests;
}

function hasKeyword({ user, extension_number: extension, numbers }: PhoneUser, keyword: string): boolean {
  const texts = [user.display_name, String(extension), ...numbers.map((number) => number.number)];
  return texts.some((text) => text.toLowerCase().includes(keyword));
}

function readExtension(world: World, phoneUser: PhoneUser, given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'string' || !/^\d{3,10}$/.test(given)) throw invalidField('extension_number');
  const extension = Number(given);
  if (extension === phoneUser.extension_number) return undefined;
  if (!world.phone.isTaken(extension)) return extension;
  throw validationError([{ field: 'extension_number', message: 'This extension number is already in use.' }]);
}
