import { zoomError } from '../http/api-error.js';
import { ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { LicencePool } from '../state/licences.js';

/** GET /accounts/{accountId}/managed_domains. */
export function listManagedDomains(call: Call): Reply {
  checkAccount(call);
  const domains = call.world.options.managedDomains.map((domain) => ({ domain, status: 'verified' }));
  return ok({ domains, total_records: domains.length });
}

/** GET /accounts/{accountId}/trusted_domains. */
export function listTrustedDomains(call: Call): Reply {
  checkAccount(call);
  return ok({ trusted_domains: call.world.options.managedDomains });
}

/** GET /accounts/{accountId}/plans/usage. Source: https://developers.zoom.us/docs/api/billing/ */
export function readPlanUsage(call: Call): Reply {
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

/** Own account only; `me` stands for it. */
function checkAccount(call: Call): void {
  const accountId = param(call, 'accountId');
  if (accountId !== 'me' && accountId !== call.world.options.accountId) {
    throw zoomError(404, 2001, `Account does not exist: ${accountId}`);
  }
}

function usageView(type: string, { seats, used, pending }: LicencePool): Record<string, unknown> {
  return { type, hosts: seats ?? used + pending, usage: used, pending };
}
