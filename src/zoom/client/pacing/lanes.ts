import type { Endpoint } from '../../../connector/call.js';
import type { RatePlan } from '../options.js';
import { DayBudget } from './day-budget.js';
import type { Waiter } from './departure-hall.js';
import { Lane } from './lane.js';
import { laneLimit, laneName, laneOf, type LaneKey } from './limits.js';

/** The lanes of an account. */
interface Lanes {
  readonly all: readonly Lane<Waiter>[];
  of(endpoint: Endpoint): Lane<Waiter>;
  /** Whether the plan has, or an unknown plan may have, an allowance of the day for the endpoint. */
  readonly hasDay: (endpoint: Endpoint) => boolean;
}

const keys: readonly LaneKey[] = (['rest', 'phone'] as const).flatMap((family) =>
  (['light', 'medium', 'heavy', 'resourceIntensive'] as const).map((label) => ({ family, label })),
);

/** One lane per family and label; allowances of the day are shared where Zoom shares them. */
export function createLanes(plan: RatePlan, share: number): Lanes {
  const days = new Map<string, DayBudget>();
  const dayOf = (key: LaneKey): DayBudget | undefined => {
    const limit = laneLimit(plan, share, key)?.day;
    if (limit === undefined) return undefined;
    const budget = days.get(limit.pool) ?? new DayBudget(limit.requests);
    days.set(limit.pool, budget);
    return budget;
  };
  const newLane = (key: LaneKey): Lane<Waiter> =>
    new Lane<Waiter>(key, laneLimit(plan, share, key)?.window, dayOf(key));
  const lanes = new Map(keys.map((key) => [laneName(key), newLane(key)]));
  return {
    all: [...lanes.values()],
    of: (endpoint) => {
      const lane = lanes.get(laneName(laneOf(endpoint)));
      if (lane === undefined) throw new Error(`No lane for ${endpoint.id}`);
      return lane;
    },
    hasDay: (endpoint) => plan === 'none' || laneLimit(plan, share, laneOf(endpoint))?.day !== undefined,
  };
}
