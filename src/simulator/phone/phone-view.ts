import type { PhoneNumber, PhoneUser } from '../state/phone.js';
import type { World } from '../world.js';
import { callingPlans } from './calling-plans.js';

type View = Record<string, unknown>;

const emergencyAddress = {
  address_line1: '1 Example Street',
  address_line2: '',
  city: 'Austin',
  state_code: 'TX',
  zip: '78701',
  country: 'US',
};

/** The default permissions of a phone user; a small part of Zoom's long list. */
const defaultPolicy = {
  international_calling: false,
  delegation: false,
  elevate_to_meeting: true,
  emergency_calls_to_psap: true,
  voicemail: { enable: true, allow_delete: true, allow_download: true, allow_transcription: true },
  sms: { enable: false, international_sms: false, locked: false },
  outbound_calling: { enable: true, locked: false, modified: false },
};

/** A phone user in the list. Source: https://developers.zoom.us/docs/api/phone/#tag/users/GET/phone/users */
export function phoneRow(world: World, phoneUser: PhoneUser): View {
  const { user, site } = phoneUser;
  return {
    ...commonView(world, phoneUser),
    name: user.display_name,
    activation_status: phoneUser.status === 'activate' ? 'activated' : 'not ready',
    site: { id: site.id, name: site.name },
    calling_plans: phoneUser.plans.map((type) => ({ name: callingPlans.get(type) ?? '', type })),
  };
}

/** A phone user in the single read. Its members differ from those of the list. */
export function phoneProfile(world: World, phoneUser: PhoneUser): View {
  const id = phoneUser.emergency_address_id;
  return {
    ...commonView(world, phoneUser),
    site_id: phoneUser.site.id,
    site_admin: false,
    calling_plans: phoneUser.plans.map((type) => ({ type })),
    emergency_address: { id: id === '' ? phoneUser.site.id : id, ...emergencyAddress },
    policy: { ...defaultPolicy, ...phoneUser.policy },
  };
}

/** Zoom returns the numbers of phone users without the plus sign; the option `phoneNumberFormat` adds it. */
export function ownedNumber(world: World, { id, number }: PhoneNumber): View {
  return { id, number: world.options.phoneNumberFormat === 'plus' ? number : number.slice(1) };
}

function commonView(world: World, phoneUser: PhoneUser): View {
  const { user } = phoneUser;
  return {
    id: user.id,
    phone_user_id: phoneUser.phone_user_id,
    email: user.email,
    extension_id: phoneUser.extension_id,
    extension_number: phoneUser.extension_number,
    status: phoneUser.status,
    department: user.dept,
    cost_center: user.profile.cost_center ?? '',
    phone_numbers: phoneUser.numbers.map((number) => ownedNumber(world, number)),
  };
}
