import { isoTime } from '../core/clock.js';
import { shownProfile } from '../state/profile.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';

type View = Record<string, unknown>;

const cluster = 'us04';
const accountNumber = 10_009_239;

/**
 * A user in the list. Most fields without a value are empty strings; some are left out.
 * Source: https://developers.zoom.us/docs/api/users/#tag/users/GET/users
 */
export function listRow(user: User, extra: string | null): View {
  const row = commonView(user);
  const { profile } = user;
  if (user.status === 'pending') delete row['id'];
  if (extra === 'host_key') row['host_key'] = profile.host_key ?? '';
  if (extra === 'custom_attributes') row['custom_attributes'] = profile.custom_attributes ?? [];
  return row;
}

/** A user in the single read. */
export function singleView(world: World, user: User): View {
  const { profile } = user;
  const view: View = {
    ...commonView(user),
    ...identityView(world, user),
    ...shownProfile(profile),
    phone_numbers: (profile.phone_numbers ?? []).map((phone) => ({ ...phone, verified: false })),
  };
  setIfPresent(view, 'company', profile.company);
  setIfPresent(view, 'manager', profile.manager);
  if (user.zoom_one_type !== 0) view['zoom_one_type'] = user.zoom_one_type;
  if (user.vanity_name !== '') view['vanity_url'] = `https://example.zoom.us/my/${user.vanity_name}`;
  if (user.status === 'pending') adaptToPending(world, user, view);
  return view;
}

function identityView(world: World, user: User): View {
  return {
    account_id: world.options.accountId,
    account_number: accountNumber,
    cluster,
    jid: `${user.id.toLowerCase()}@xmpp.zoom.us`,
    role_name: world.roles.byId(user.role_id)?.name ?? '',
    language: user.language,
    login_types: [user.login_type],
    pic_url: '',
    personal_meeting_url: `https://${cluster}web.zoom.us/j/${user.pmi}?pwd=x`,
  };
}

function commonView(user: User): View {
  const { profile } = user;
  const view: View = {
    id: user.id,
    first_name: user.first_name,
    last_name: user.last_name,
    display_name: user.display_name,
    email: user.email,
    type: user.type,
    status: user.status,
    pmi: user.pmi,
    timezone: user.timezone,
    verified: user.verified,
    dept: user.dept,
    role_id: user.role_id,
    group_ids: user.groups.map((group) => group.id),
    im_group_ids: [],
    division_ids: profile.division_ids ?? [],
    created_at: user.created_at,
    user_created_at: user.created_at,
  };
  setIfPresent(view, 'last_login_time', user.last_login_time);
  setIfPresent(view, 'last_client_version', user.last_client_version);
  setIfPresent(view, 'employee_unique_id', user.employee_unique_id);
  setIfPresent(view, 'plan_united_type', profile.plan_united_type);
  if (profile.license_info_list) view['license_info_list'] = profile.license_info_list;
  return view;
}

/** The creation date of a pending user is the time of the call. The id may be missing. */
function adaptToPending(world: World, user: User, view: View): void {
  view['created_at'] = isoTime(world.clock.now());
  if (user.invitation?.foreign !== true && world.options.pendingGetId === 'present') return;
  delete view['id'];
  delete view['jid'];
}

function setIfPresent(view: View, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') view[name] = value;
}
