import type { RateClass } from '../core/labels.js';
import { DailyCounter, nextMidnight, SlidingWindow } from './counters.js';
import { type Allowance, allowanceOf, dailyInvitations, type LimitedPlan } from './plan-limits.js';
import { categories, dailyHeaders, limitMessages, tooManyRequests } from './too-many-requests.js';

type Headers = Readonly<Record<string, string>>;

/** The account whose calls are counted; its options may change between two calls. */
interface LimitedAccount {
  readonly options: { readonly plan: LimitedPlan | 'none'; readonly rateLimitHeaders: boolean };
  /** Milliseconds. */
  readonly clock: { now(): number };
}

interface Bucket {
  readonly allowance: Allowance;
  readonly window: SlidingWindow;
  readonly daily: DailyCounter;
}

/** Counts calls against the limits of the account's plan. */
export class Limiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #counters = new Map<string, DailyCounter>();
  readonly #bulk = new SlidingWindow(1, 10_000);

  /**
   * Counts one call and returns the headers that its answer carries.
   * @throws ApiError with 429 when the call is over a limit; such a call does not count.
   */
  admit(account: LimitedAccount, route: RateClass): Headers {
    const { plan } = account.options;
    if (plan === 'none') return {};
    const now = account.clock.now();
    const bucket = this.#bucket(plan, route);
    const { daily } = bucket.allowance;
    if (daily && bucket.daily.count(now) >= daily.calls) throw overDaily(account, route, daily.calls);
    if (!bucket.window.hasRoom(now)) throw overSecond(account, route, bucket.window.limit);
    bucket.window.add(now);
    bucket.daily.add(now);
    return headersOf(account, route, bucket.window.limit, bucket.window.remaining(now));
  }

  /** Counts an invitation. @throws ApiError with 429 when the daily number of the plan is used up. */
  admitInvitation(account: LimitedAccount): void {
    const { plan } = account.options;
    if (plan === 'none') return;
    const counter = this.#counter(`${plan}/invitations`);
    const now = account.clock.now();
    if (counter.count(now) >= dailyInvitations[plan]) {
      const headers = account.options.rateLimitHeaders ? dailyHeaders(nextMidnight(now)) : {};
      throw tooManyRequests(limitMessages.daily, headers);
    }
    counter.add(now);
  }

  /** Counts a call of `POST /users/features`, which may be made once in ten seconds; false when it is too early. */
  admitBulk(account: LimitedAccount): boolean {
    if (account.options.plan === 'none') return true;
    const now = account.clock.now();
    const hasRoom = this.#bulk.hasRoom(now);
    if (hasRoom) this.#bulk.add(now);
    return hasRoom;
  }

  #bucket(plan: LimitedPlan, route: RateClass): Bucket {
    const scope = `${plan}/${route.family === 'phone' ? 'phone' : 'account'}`;
    const key = `${scope}/${route.label}`;
    const known = this.#buckets.get(key);
    if (known) return known;
    const allowance = allowanceOf(plan, route.family, route.label);
    const daily = this.#counter(`${scope}/${allowance.daily?.counter ?? route.label}`);
    const bucket = { allowance, window: new SlidingWindow(allowance.calls, allowance.spanMs), daily };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #counter(key: string): DailyCounter {
    const counter = this.#counters.get(key) ?? new DailyCounter();
    this.#counters.set(key, counter);
    return counter;
  }
}

function overSecond(account: LimitedAccount, route: RateClass, limit: number): Error {
  const headers = { ...headersOf(account, route, limit, 0), 'X-RateLimit-Type': 'QPS' };
  return tooManyRequests(limitMessages.second, account.options.rateLimitHeaders ? headers : {});
}

function overDaily(account: LimitedAccount, route: RateClass, limit: number): Error {
  const headers = {
    ...headersOf(account, route, limit, 0),
    ...dailyHeaders(nextMidnight(account.clock.now())),
  };
  return tooManyRequests(limitMessages.daily, account.options.rateLimitHeaders ? headers : {});
}

function headersOf(account: LimitedAccount, route: RateClass, limit: number, remaining: number): Headers {
  if (!account.options.rateLimitHeaders) return {};
  return {
    'X-RateLimit-Category': categories[route.label],
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
  };
}
