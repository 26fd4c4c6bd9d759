import type { ProfilePhone } from '../state/profile.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { bundleName, scimFlags, userTypeName } from './scim-features.js';
import { metaOf, urns } from './scim-error.js';

type View = Record<string, unknown>;

/** A user in the SCIM list. Source: https://developers.zoom.us/docs/api/scim2/ */
export function scimRow(user: User): View {
  return {
    schemas: [urns.user, urns.enterprise, urns.login],
    ...coreView(user),
    [urns.enterprise]: { department: user.dept },
  };
}

/** A user in the single read. Phone and contact centre attributes are write-only. */
export function scimResource(world: World, user: User): View {
  const { roles, groups } = membershipView(world, user);
  // Zoom's description of this call shows a single object for each; all other calls show arrays.
  if (world.options.scimNesting === 'arrays') return fullView(user, { roles, groups });
  return fullView(user, { roles: roles[0] ?? {}, groups: groups[0] ?? {} });
}

/** A user in the answer to a write. It contains title and locale, which reads leave out. */
export function scimWritten(world: World, user: User): View {
  const { job_title: title, location: locale } = user.profile;
  return { ...fullView(user, membershipView(world, user)), ...compact({ title, locale }) };
}

function fullView(user: User, membership: View): View {
  const { profile } = user;
  return {
    schemas: [urns.user, urns.enterprise, urns.login, urns.zoomUser],
    ...coreView(user),
    phoneNumbers: (profile.phone_numbers ?? []).map(phoneView),
    ...membership,
    [urns.enterprise]: compact({
      department: user.dept,
      organization: profile.company,
      costCenter: profile.cost_center,
      employeeNumber: user.employee_unique_id,
      manager: profile.manager,
    }),
    [urns.zoomUser]: zoomView(user),
  };
}

function membershipView(world: World, user: User): { roles: View[]; groups: View[] } {
  const role = world.roles.byId(user.role_id)?.name ?? '';
  return {
    roles: [{ value: role, display: role, primary: true }],
    groups: user.groups.map(({ name }) => ({ value: name, display: name, type: 'direct' })),
  };
}

function coreView(user: User): View {
  return {
    id: user.id,
    meta: metaOf('User', user.id, user.created_at),
    userName: user.email,
    name: { givenName: user.first_name, familyName: user.last_name },
    displayName: user.display_name,
    emails: [{ type: 'work', value: user.email, primary: true }],
    active: user.status === 'active',
    userType: userTypeName(user.type),
    [urns.login]: { loginType: { workEmail: user.login_type === 100, sso: user.login_type === 101 } },
  };
}

function zoomView(user: User): View {
  const flags = Object.entries(scimFlags).filter(([, feature]) => user.features[feature] === true);
  const bundle = String(user.zoom_one_type);
  return compact({
    personalLinkName: user.vanity_name,
    pronouns: user.profile.pronouns,
    zoomUnited: user.profile.plan_united_type,
    ...(bundle !== '0' && { [bundleName(bundle)]: bundle }),
    ...Object.fromEntries(flags.map(([name]) => [name, true])),
    ...user.profile.scim,
    ...Object.fromEntries((user.profile.custom_attributes ?? []).map(({ name, value }) => [name, value])),
  });
}

function phoneView({ code, number, label }: ProfilePhone): View {
  return { type: (label ?? 'work').toLowerCase(), value: `${code}${number}` };
}

/** Leaves out members without a value. */
function compact(view: View): View {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined && value !== ''));
}
