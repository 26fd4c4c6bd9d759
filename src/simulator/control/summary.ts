import type { LicencePool } from '../state/licences.js';
import type { World } from '../world.js';

/** The state of the account and of the traffic, in numbers. */
export interface StateSummary {
  readonly accountId: string;
  readonly now: string;
  readonly users: Readonly<Record<'active' | 'inactive' | 'pending' | 'total', number>>;
  readonly groups: number;
  readonly phoneUsers: number;
  readonly licences: readonly LicencePool[];
  readonly foreignAddresses: number;
  readonly requests: { readonly total: number; readonly peak: number };
  readonly tokensIssued: number;
  readonly faults: number;
}

export function summarize(world: World): StateSummary {
  const [active, inactive, pending] = (['active', 'inactive', 'pending'] as const).map(
    (status) => world.users.list(status).length,
  ) as [number, number, number];
  return {
    accountId: world.options.accountId,
    now: new Date(world.clock.now()).toISOString(),
    users: { active, inactive, pending, total: world.users.size },
    groups: world.groups.size,
    phoneUsers: world.phone.users.length,
    licences: world.licences.pools(),
    foreignAddresses: world.foreignAddresses.size,
    requests: { total: world.log.total, peak: world.log.peak },
    tokensIssued: world.accessTokens.issued,
    faults: world.faults.list().length,
  };
}
