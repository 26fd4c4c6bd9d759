import { phoneEndpoints } from '../../endpoints/phone.js';
import type { Call } from '../../../connector/call.js';
import { textAt } from '../../json.js';
import type { RowListing } from '../../listing.js';

/** Zoom's largest pages; https://developers.zoom.us/docs/api/phone/ */
const phoneUserPage = 100;
const sitePage = 300;

/** The calls of Zoom Phone that users are read and written with. */
export const usedPhoneEndpoints = {
  listPhoneUsers: phoneEndpoints.listPhoneUsers,
  getPhoneUser: phoneEndpoints.getPhoneUser,
  listPhoneSites: phoneEndpoints.listPhoneSites,
  updatePhoneUser: phoneEndpoints.updatePhoneUser,
  updatePhoneUsers: phoneEndpoints.updatePhoneUsers,
  assignCallingPlans: phoneEndpoints.assignCallingPlans,
  swapCallingPlan: phoneEndpoints.swapCallingPlan,
  removeCallingPlan: phoneEndpoints.removeCallingPlan,
  assignPhoneNumbers: phoneEndpoints.assignPhoneNumbers,
  removePhoneNumber: phoneEndpoints.removePhoneNumber,
} as const;

/** Lists all phone users of the account. */
export const phoneUserPages: RowListing = {
  rows: 'users',
  keyOf: (row) => textAt(row, 'id'),
  page: (token) => ({
    endpoint: phoneEndpoints.listPhoneUsers,
    query: { page_size: phoneUserPage, ...(token !== undefined && { next_page_token: token }) },
    why: 'list phone users',
  }),
};

/** Lists the phone sites of the account. */
export const sitePages: RowListing = {
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
