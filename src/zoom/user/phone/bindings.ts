import type { Reader, Source } from '../../../connector/object-class/reading.js';
import type { Binding } from '../../kit/binding.js';
import { read } from '../../kit/json.js';
import type { PhoneAttribute } from './attributes.js';
import { readPhoneNumbers, readPlans } from './numbers-and-plans.js';

/**
 * Sources of phone attributes: pages of all phone users when many users are listed, the profile when one is read, and
 * the sites of the account. The record of a user without Zoom Phone is `null`.
 */
export const phoneSources = {
  phoneUsers: { reach: 'deep', use: 'listing' },
  phoneProfile: { reach: 'deep', use: 'single' },
  sites: { reach: 'deep', use: 'both', via: ['phoneUsers', 'phoneProfile'] },
} as const satisfies Record<string, Source>;

type PhoneSource = keyof typeof phoneSources;
export type PhoneStep = 'phoneFeature' | 'phoneRecord' | 'phoneProfile' | 'callingPlans' | 'phoneNumbers';

type PhoneBinding = Binding<PhoneSource, PhoneStep>;

/** For fields in pages of phone users and in the profile. */
function phone(reader: Reader): Pick<PhoneBinding, 'read'> {
  return { read: { phoneProfile: reader, phoneUsers: reader } };
}

const hasPhone: Reader = (record) => [record !== null];

/** The sources and the steps of each phone attribute over REST v2. */
export const phoneBindings: Readonly<Record<PhoneAttribute, PhoneBinding>> = {
  ZOOM_PHONE_FEATURE: { ...phone(hasPhone), steps: ['phoneFeature'], createField: 'feature.zoom_phone' },
  ZOOM_PHONE_STATUS: { ...phone(read.text('status')), ...written('phoneProfile') },
  EXTENSION_NUMBER: { ...phone(read.text('extension_number')), ...written('phoneProfile') },
  ZOOM_PHONE_NUMBERS: { ...phone(readPhoneNumbers), ...written('phoneNumbers') },
  ZOOM_PHONE_CALLING_PLANS: { ...phone(readPlans), ...written('callingPlans') },
  SITE_ID: {
    read: { phoneProfile: read.text('site_id'), phoneUsers: read.text('site.id') },
    ...written('phoneProfile'),
  },
  SITE_NAME: {
    read: { phoneUsers: read.text('site.name'), sites: read.text('name') },
    ...written('phoneProfile'),
  },
  SITE_CODE: { read: { sites: read.integer('site_code') }, ...written('phoneProfile') },
};

/**
 * Every phone attribute belongs to two more steps: switching the feature (switching off applies or loses it) and
 * waiting for the phone record it is written to.
 */
function written(step: PhoneStep): Pick<PhoneBinding, 'steps'> {
  return { steps: ['phoneFeature', 'phoneRecord', step] };
}
