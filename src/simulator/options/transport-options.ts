import type { Clock } from '../core/clock.js';
import { faultProblems } from '../faults/check-fault.js';
import type { FaultRule } from '../faults/fault.js';
import { flag, integer, share, special } from './row.js';

/** Delay before an answer: fixed, or drawn from a range. */
type Latency = number | { readonly min: number; readonly max: number };

/** What the simulator takes its time from. */
type ClockOption = 'real' | 'manual' | Clock;

/** Options for the network between client and simulator, for time, and for the log of calls. */
export const transportOptions = {
  latencyMs: special<Latency>(
    0,
    'Delay of every answer: a number, or {min, max} for a random one.',
    isLatency,
  ),
  clock: {
    ...special<ClockOption>('real', 'Time runs (real) or stands until it is advanced (manual).', isClock),
    runtime: false,
  },
  rateLimitHeaders: flag(true, 'Answers carry the X-RateLimit headers, and Retry-After on daily limits.'),
  errorRate: share(0, 'Share of calls answered with a random 500, 502, 503 or 504.'),
  dropRate: share(0, 'Share of calls whose connection is dropped, half of them after processing.'),
  faults: {
    ...special<readonly FaultRule[]>([], 'Faults that are active from the start.', areFaults),
    runtime: false,
  },
  requestLogSize: integer(100_000, 'Calls that the request log keeps; the oldest are forgotten first.'),
} as const;

function isLatency(given: unknown): boolean {
  if (typeof given === 'number') return given >= 0;
  if (typeof given !== 'object' || given === null) return false;
  const { min, max } = given as { min?: unknown; max?: unknown };
  return typeof min === 'number' && typeof max === 'number' && min >= 0 && max >= min;
}

function areFaults(given: unknown): boolean {
  return Array.isArray(given) && given.every((fault) => faultProblems(fault).length === 0);
}

function isClock(given: unknown): boolean {
  if (given === 'real' || given === 'manual') return true;
  return typeof given === 'object' && given !== null && 'now' in given && 'advance' in given;
}
