import type { Call } from '../../../connector/object-class/call.js';
import type { Body } from '../../../connector/object-class/endpoint.js';
import { ConnectorError } from '../../../connid/errors.js';
import { textAt } from '../../kit/json.js';
import type { PagedList } from '../../kit/paged-list.js';
import { namingWhatWasRefused, type Subject } from '../../kit/refused-value.js';
import { phoneEndpoints } from './endpoints.js';
import { numbersOf, type PhoneNumber, readPlans } from './numbers-and-plans.js';

/** Zoom's codes for an account without Zoom Phone: https://developers.zoom.us/docs/api/phone/ */
const accountCodes: readonly unknown[] = [2031, 2001];

/** Zoom Phone's code for a user id it does not take, with HTTP 400. */
const invalidUser = 300;

/** True if a refusal says that the account has no Zoom Phone. Then none of its users has. */
export function accountLacksPhone(thrown: unknown): boolean {
  return thrown instanceof ConnectorError && accountCodes.includes(thrown.details.upstream?.code);
}

/**
 * True if a refusal says that an existing user has no Zoom Phone. Zoom does not document the answer: 404 with several
 * codes and 400 with code 300 have been seen. A 404 without a code does not come from Zoom.
 */
export function userLacksPhone(thrown: unknown): boolean {
  if (!(thrown instanceof ConnectorError)) return false;
  if (accountLacksPhone(thrown)) return true;
  const { status, code } = thrown.details.upstream ?? {};
  return (status === 404 && code !== undefined) || (status === 400 && code === invalidUser);
}

/** Zoom's largest pages; https://developers.zoom.us/docs/api/phone/ */
const phoneUserPage = 100;

const sitePage = 300;

/** Lists all phone users of the account. */
export const phoneUserPages: PagedList = {
  rows: 'users',
  keyOf: (row) => textAt(row, 'id'),
  page: (token) => ({
    endpoint: phoneEndpoints.listPhoneUsers,
    query: { page_size: phoneUserPage, ...(token !== undefined && { next_page_token: token }) },
    why: 'list phone users',
  }),
};

/** Lists the phone sites of the account. */
export const sitePages: PagedList = {
  rows: 'sites',
  keyOf: (row) => textAt(row, 'id'),
  page: (token) => ({
    endpoint: phoneEndpoints.listPhoneSites,
    query: { page_size: sitePage, ...(token !== undefined && { next_page_token: token }) },
    why: 'list phone sites',
  }),
};

/** Reads the phone profile of a user. */
export function getPhoneUser(userId: string, why: string): Call {
  return { endpoint: phoneEndpoints.getPhoneUser, params: { userId }, why };
}

/** Waits until Zoom has made the phone record of a user whose phone was switched on. */
export function awaitPhoneUser(userId: string): Call {
  return {
    ...getPhoneUser(userId, 'wait for the phone record of the user'),
    awaits: {
      what: "The user's phone record",
      isThere: (answer) => textAt(answer, 'id') !== undefined,
      isMissing: userLacksPhone,
    },
  };
}

/** Gives a user the Zoom Phone that is part of its Zoom Workplace bundle. */
export function assignBundledPhone(userId: string): Call {
  return {
    endpoint: phoneEndpoints.updatePhoneUsers,
    body: { batch_type: 'assign_pending_user', user_ids: [userId] },
    why: 'assign the Zoom Phone of the bundle',
    refused: namingWhatWasRefused({ kind: 'licence', value: 'Zoom Phone of the bundle' }),
  };
}

/** Lets a phone user make and receive calls, or not. */
export function updatePhoneStatus(userId: string, activation_status: string): Call {
  return {
    endpoint: phoneEndpoints.updatePhoneUsers,
    body: { batch_type: 'activate', activation_status, user_ids: [userId] },
    why: 'change the status of the phone',
    refused: namingWhatWasRefused({ kind: 'phone status', value: activation_status }),
  };
}

/** Changes site and extension of a phone user. */
export function updatePhoneUser(userId: string, body: Body, subjects: readonly Subject[]): Call {
  return {
    endpoint: phoneEndpoints.updatePhoneUser,
    params: { userId },
    body,
    why: 'change the phone profile',
    refused: namingWhatWasRefused(...subjects),
  };
}

/** Assigns calling plans. */
export function assignPlans(userId: string, types: readonly number[]): Call {
  return {
    endpoint: phoneEndpoints.assignCallingPlans,
    params: { userId },
    body: { calling_plans: types.map((type) => ({ type })) },
    why: 'assign calling plans',
    lookFirst: async (session) => {
      const found = await session.send(getPhoneUser(userId, 'see whether the calling plans were assigned'));
      const held = new Set(readPlans(found));
      return types.every((type) => held.has(type)) ? {} : undefined;
    },
    refused: namingWhatWasRefused(...types.map(planSubject)),
  };
}

/** Puts a calling plan in the place of another. */
export function swapPlan(userId: string, source_type: number, target_type: number): Call {
  const isSwapped = (held: readonly number[]) => held.includes(target_type) && !held.includes(source_type);
  return {
    endpoint: phoneEndpoints.swapCallingPlan,
    params: { userId },
    body: { source_type, target_type },
    why: 'swap the calling plan',
    lookFirst: async (session) => {
      const found = await session.send(getPhoneUser(userId, 'see whether the calling plan was swapped'));
      return isSwapped(readPlans(found)) ? {} : undefined;
    },
    refused: namingWhatWasRefused(planSubject(source_type), planSubject(target_type)),
  };
}

/** Takes a calling plan away. */
export function removePlan(userId: string, type: number): Call {
  return {
    endpoint: phoneEndpoints.removeCallingPlan,
    params: { userId, planType: String(type) },
    why: 'remove the calling plan',
    refused: namingWhatWasRefused(planSubject(type)),
  };
}

/** Assigns phone numbers, at most ten a call. */
export function assignNumbers(userId: string, numbers: readonly string[]): Call {
  const missing = (record: unknown) => {
    const held = new Set(numbersOf(record).map(({ number }) => number));
    return numbers.filter((number) => !held.has(number));
  };
  return {
    endpoint: phoneEndpoints.assignPhoneNumbers,
    params: { userId },
    body: { phone_numbers: numbers.map((number) => ({ number })) },
    why: 'assign phone numbers',
    lookFirst: async (session) => {
      const found = await session.send(getPhoneUser(userId, 'see whether the phone numbers were assigned'));
      return missing(found).length === 0 ? {} : undefined;
    },
    refused: namingWhatWasRefused(...numbers.map(numberSubject)),
    expect: (answer) => {
      if (numbersOf(answer).length > 0) expectNone(missing(answer));
    },
  };
}

/** Takes a phone number away; code 400 says that the user does not have it. */
export function removeNumber(userId: string, { number, id }: PhoneNumber): Call {
  return {
    endpoint: phoneEndpoints.removePhoneNumber,
    params: { userId, phoneNumberId: id ?? number },
    why: 'remove the phone number',
    settledBy: [400],
    refused: namingWhatWasRefused(numberSubject(number)),
  };
}

function expectNone(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new ConnectorError('preconditionFailed', `Zoom did not assign ${missing.join(', ')}.`, {
    hint: 'Check in Zoom Phone that the numbers are unassigned and fit the site and calling plans of the user.',
  });
}

function planSubject(type: number): Subject {
  return { kind: 'calling plan', value: String(type) };
}

function numberSubject(value: string): Subject {
  return { kind: 'phone number', value };
}
