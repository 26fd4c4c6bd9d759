import type { Family, Label } from '../core/labels.js';
import type { SimulatorOptions } from '../options/options.js';

/** The number of calls that a plan allows for one label. */
export interface Allowance {
  readonly calls: number;
  readonly spanMs: number;
  /** Calls between two midnights UTC. Labels with the same counter share the number. */
  readonly daily?: { readonly calls: number; readonly counter: string };
}

/** A plan whose limits are enforced. */
export type LimitedPlan = Exclude<SimulatorOptions['plan'], 'none'>;
type Table = Readonly<Record<Label, Allowance>>;

const second = 1000;
const minute = 60_000;

function shared(calls: number): { calls: number; counter: string } {
  return { calls, counter: 'heavy' };
}

/** Zoom's published limits per account. Source: https://developers.zoom.us/docs/api/rate-limits/ */
const accountLimits: Readonly<Record<LimitedPlan, Table>> = {
  free: {
    light: { calls: 4, spanMs: second, daily: { calls: 6000, counter: 'light' } },
    medium: { calls: 2, spanMs: second, daily: { calls: 2000, counter: 'medium' } },
    heavy: { calls: 1, spanMs: second, daily: { calls: 1000, counter: 'heavy' } },
    resourceIntensive: { calls: 10, spanMs: minute, daily: { calls: 30_000, counter: 'resourceIntensive' } },
  },
  pro: {
    light: { calls: 30, spanMs: second },
    medium: { calls: 20, spanMs: second },
    heavy: { calls: 10, spanMs: second, daily: shared(30_000) },
    resourceIntensive: { calls: 10, spanMs: minute, daily: shared(30_000) },
  },
  business: {
    light: { calls: 80, spanMs: second },
    medium: { calls: 60, spanMs: second },
    heavy: { calls: 40, spanMs: second, daily: shared(60_000) },
    resourceIntensive: { calls: 20, spanMs: minute, daily: shared(60_000) },
  },
};

const phonePro: Table = {
  light: { calls: 20, spanMs: second },
  medium: { calls: 10, spanMs: second },
  heavy: { calls: 5, spanMs: second, daily: shared(15_000) },
  resourceIntensive: { calls: 5, spanMs: minute, daily: shared(15_000) },
};

/** Zoom Phone has its own buckets. It needs a paid plan, so a free account gets the smaller limits. */
const phoneLimits: Readonly<Record<LimitedPlan, Table>> = {
  free: phonePro,
  pro: phonePro,
  business: {
    light: { calls: 40, spanMs: second },
    medium: { calls: 20, spanMs: second },
    heavy: { calls: 10, spanMs: second, daily: shared(30_000) },
    resourceIntensive: { calls: 10, spanMs: minute, daily: shared(30_000) },
  },
};

/** Invitations (`POST /users` with action create) that a plan allows per day. */
export const dailyInvitations: Readonly<Record<LimitedPlan, number>> = {
  free: 50,
  pro: 1500,
  business: 10_000,
};

/** The allowance of a call. We assume that SCIM shares the buckets of the REST API. */
export function allowanceOf(plan: LimitedPlan, family: Family, label: Label): Allowance {
  return (family === 'phone' ? phoneLimits : accountLimits)[plan][label];
}
