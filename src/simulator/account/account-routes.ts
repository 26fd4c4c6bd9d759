import { ok, type Reply, zoomError } from '../http/reply.js';
import { both, type Call, param, routes } from '../http/route.js';
import {
  acknowledgeRoleMembers,
  addRoleMembers,
  createRole,
  deleteRole,
  listRoleMembers,
  listRoles,
  readRole,
  removeRoleMember,
  updateRole,
} from '../roles/role-handlers.js';
import type { LicencePool } from '../state/licences.js';

/** GET /accounts/{accountId}/managed_domains. */
function listManagedDomains(call: Call): Reply {
  checkAccount(call);
  const domains = call.world.options.managedDomains.map((domain) => ({ domain, status: 'verified' }));
  return ok({ domains, total_records: domains.length });
}

/** GET /accounts/{accountId}/trusted_domains. */
function listTrustedDomains(call: Call): Reply {
  checkAccount(call);
  return ok({ trusted_domains: call.world.options.managedDomains });
}

/** GET /accounts/{accountId}/plans/usage. Source: https://developers.zoom.us/docs/api/billing/ */
function readPlanUsage(call: Call): Reply {
  checkAccount(call);
  const { licences, options, users } = call.world;
  if (options.plan === 'free') throw zoomError(400, 200, 'Only available for paid account.');
  const base = usageView('pro_monthly', licences.pool('licensed'));
  const pools = licences.pools();
  const named = (prefix: string): Record<string, unknown>[] =>
    pools
      .filter(({ name }) => name.startsWith(prefix))
      .map((pool) => usageView(pool.name.slice(prefix.length), pool));
  return ok({
    plan_base: { ...base, active_hosts: users.list('active').length },
    plan_zoom_one: named('zoomOne:'),
    plan_webinar: named('feature:webinar'),
    plan_large_meeting: named('feature:large_meeting'),
  });
}

/** Accepts the own account only, by its id or as `me`. */
function checkAccount(call: Call): void {
  const accountId = param(call, 'accountId');
  if (accountId !== 'me' && accountId !== call.world.options.accountId) {
    throw zoomError(404, 2001, `Account does not exist: ${accountId}`);
  }
}

function usageView(type: string, { seats, used, pending }: LicencePool): Record<string, unknown> {
  return { type, hosts: seats ?? used + pending, usage: used, pending };
}

const read = 'role:read:admin role:write:admin';

const write = 'role:write:admin';

const role = '/roles/{roleId}' as const;

const account = '/accounts/{accountId}' as const;

const usage = 'billing:read:plan_usage:admin billing:read:plan_usage:master';

/** Zoom's calls on roles and the account. Source of labels and scopes: https://developers.zoom.us/docs/api/accounts/ */
export const accountRoutes = routes('rest', [
  ['GET /roles', 'medium', both('role:read:list_roles'), read, listRoles],
  ['POST /roles', 'light', both('role:write:role'), write, createRole],
  [`GET ${role}`, 'light', both('role:read:role'), read, readRole],
  [`PATCH ${role}`, 'light', both('role:update:role'), write, updateRole],
  [`DELETE ${role}`, 'light', both('role:delete:role'), write, deleteRole],
  [`GET ${role}/members`, 'medium', both('role:read:list_members'), read, listRoleMembers],
  [
    `POST ${role}/members`,
    'medium',
    both('role:write:member'),
    write,
    addRoleMembers,
    acknowledgeRoleMembers,
  ],
  [`DELETE ${role}/members/{memberId}`, 'light', both('role:delete:member'), write, removeRoleMember],
  [
    `GET ${account}/managed_domains`,
    'light',
    'account:read:managed_domains:master',
    'account:read:admin',
    listManagedDomains,
  ],
  [
    `GET ${account}/trusted_domains`,
    'light',
    'account:read:trusted_domains:master',
    'account:read:admin',
    listTrustedDomains,
  ],
  [`GET ${account}/plans/usage`, 'heavy', usage, 'billing:master account:master', readPlanUsage],
]);
