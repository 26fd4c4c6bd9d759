import { pageView, paginate } from '../http/paging.js';
import { ok, type Reply, zoomError } from '../http/reply.js';
import { both, type Call, param, routes } from '../http/route.js';
import type { PhoneSite } from '../state/phone.js';
import { addPhoneUsers, updatePhoneUsers } from './batch-handlers.js';
import {
  assignNumbers,
  listManagedNumbers,
  listNumbers,
  readManagedNumber,
  readNumber,
  removeNumber,
} from './number-handlers.js';
import { assignPlans, listPlans, listPlansAndNumbers, removePlan, swapPlans } from './plan-handlers.js';
import {
  listPhoneUsers,
  readPhoneSettings,
  readPhoneUser,
  updatePhoneSettings,
  updatePhoneUser,
} from './user-handlers.js';

const country = { code: 'US', name: 'United States' };

/** GET /phone/sites. */
function listSites(call: Call): Reply {
  const { world, query } = call;
  const name = (query.get('site_name') ?? '').toLowerCase();
  const sites = world.phone.sites.filter((site) => site.name.toLowerCase().includes(name));
  const page = paginate(world, query, sites, {
    name: 'phone/sites',
    maximum: 300,
    badTokenCode: 400,
  });
  return ok({
    ...pageView(page),
    sites: page.rows.map(siteView),
  });
}

/** GET /phone/sites/{siteId}. */
export function readSite(call: Call): Reply {
  const site = call.world.phone.site(param(call, 'siteId'));
  if (!site) throw zoomError(400, 400, 'The site does not exist.');
  return ok({ ...siteView(site), short_extension: { length: 4 }, caller_id_name: site.name });
}

/** GET /phone/settings. */
export function readSettings(): Reply {
  return ok({ country, multiple_sites: { enabled: true, site_code: true }, byoc: { enable: false } });
}

function siteView({ id, name, site_code: code, receptionist }: PhoneSite): Record<string, unknown> {
  return {
    id,
    name,
    site_code: code,
    country,
    main_auto_receptionist: { ...receptionist, name: `${name} receptionist` },
  };
}

const readAll = 'phone:read:admin';

const read = 'phone:read phone:read:admin';

const writeAll = 'phone:write:admin';

const write = 'phone:write phone:write:admin';

const managed = 'number_management_numbers:read:admin';

const user = '/phone/users/{userId}' as const;

const plans = `${user}/calling_plans` as const;

const numbers = `${user}/phone_numbers` as const;

/** Zoom's phone calls. Source of labels and scopes: https://developers.zoom.us/docs/api/phone/ */
export const phoneRoutes = [
  ...routes('phone', [
    ['GET /phone/users', 'medium', 'phone:read:list_users:admin', readAll, listPhoneUsers],
    ['POST /phone/users/batch', 'medium', 'phone:write:batch_users:admin', writeAll, addPhoneUsers],
    ['PUT /phone/users/batch', 'light', 'phone:update:batch_users:admin', writeAll, updatePhoneUsers],
    [`GET ${user}`, 'light', both('phone:read:user'), read, readPhoneUser],
    [`PATCH ${user}`, 'light', both('phone:update:user'), write, updatePhoneUser],
    [`GET ${user}/settings`, 'light', both('phone:read:user_setting'), read, readPhoneSettings],
    [`PATCH ${user}/settings`, 'light', both('phone:update:user_setting'), write, updatePhoneSettings],
    [`POST ${plans}`, 'light', both('phone:write:calling_plan'), write, assignPlans, () => ok({})],
    [`PUT ${plans}`, 'light', both('phone:update:calling_plan'), write, swapPlans],
    [`DELETE ${plans}/{planType}`, 'light', both('phone:delete:users_calling_plan'), write, removePlan],
    [`POST ${numbers}`, 'light', both('phone:write:user_number'), write, assignNumbers, () => ok({})],
    [`DELETE ${numbers}/{phoneNumberId}`, 'light', both('phone:delete:user_number'), write, removeNumber],
    ['GET /phone/numbers', 'medium', 'phone:read:list_numbers:admin', readAll, listNumbers],
    ['GET /phone/numbers/{phoneNumberId}', 'light', 'phone:read:numbers:admin', readAll, readNumber],
    ['GET /phone/calling_plans', 'medium', 'phone:read:list_calling_plans:admin', readAll, listPlans],
    ['GET /phone/plans', 'medium', 'phone:read:list_calling_plans:admin', readAll, listPlansAndNumbers],
    ['GET /phone/sites', 'medium', 'phone:read:list_sites:admin', readAll, listSites],
    ['GET /phone/sites/{siteId}', 'light', 'phone:read:site:admin', readAll, readSite],
    ['GET /phone/settings', 'light', 'phone:read:settings:admin', readAll, readSettings],
  ]),
  ...routes('rest', [
    [
      'GET /number_management/numbers',
      'light',
      'number_management:read:list_numbers:admin',
      managed,
      listManagedNumbers,
    ],
    [
      'GET /number_management/numbers/{phoneNumberId}',
      'light',
      'number_management:read:numbers:admin',
      managed,
      readManagedNumber,
    ],
  ]),
];
