import type { ZoomEndpoint } from '../../kit/endpoint-table.js';
import type { Answer, LimitHit, ZoomFault } from '../errors/answer.js';
import {
  dayMs,
  type LaneKey,
  publishedFor,
  sharedWindow,
  untilMidnight,
  type WindowLimit,
} from './limits.js';

/** Calls with an allowance of their own, per user or day, besides the label's. */
const ownAllowance = ['updateUserEmail', 'updateUserPassword', 'createUser'];

/** True when Zoom says, by status or by code alone, that a limit is reached. */
export function isLimit({
  code,
  status,
}: {
  readonly code?: number | undefined;
  readonly status: number;
}): boolean {
  return status === 429 || code === 429;
}

/**
 * Reads a 429: its headers if it has them, otherwise its sentence.
 * Source: https://developers.zoom.us/docs/api/rate-limits/
 * @param dailyLabel - true when the plan has an allowance per day for the call's label. Without one, and for calls with
 *   an allowance of their own, a used up day concerns one call or one user only.
 * @param now - milliseconds since the epoch.
 */
export function limitHit(
  endpoint: ZoomEndpoint,
  answer: Answer,
  fault: ZoomFault,
  { dailyLabel, now }: { dailyLabel: boolean; now: number },
): LimitHit {
  const retryAfterMs = readRetryAfter(answer.headers['retry-after'], now) ?? resumeTime(fault.message, now);
  const limit = whichLimit(endpoint, answer, fault.message, dailyLabel);
  const bySentence = limit === 'day' && !hasDailyHeader(answer);
  const hit = { limit, ...(bySentence && { bySentence }) };
  if (retryAfterMs !== undefined) return { ...hit, retryAfterMs };
  return limit === 'day' || limit === 'objectDay' ? { ...hit, retryAfterMs: untilMidnight(now) } : hit;
}

/**
 * Reads `Retry-After` in its three forms: seconds, HTTP date, ISO date.
 * @param now - milliseconds since the epoch.
 * @returns milliseconds from now, from 0 to one day, which is Zoom's longest limit; `undefined` when missing or
 * unreadable.
 */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Math.min(dayMs, Number(text) * 1000);
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.min(dayMs, Math.max(0, time - now));
}

function whichLimit(
  endpoint: ZoomEndpoint,
  answer: Answer,
  text: string,
  dailyLabel: boolean,
): LimitHit['limit'] {
  if (/concurrent requests/i.test(text)) return 'object';
  if (/particular user/i.test(text)) return 'objectDay';
  if (answer.headers['x-ratelimit-type'] === 'QPS' || /per-second/i.test(text)) return 'label';
  const daily = hasDailyHeader(answer) || /\bdaily\b|24 hours/i.test(text);
  const own = ownAllowance.includes(endpoint.id);
  if (daily) return dailyLabel && !own ? 'day' : 'objectDay';
  return text !== '' && own ? 'objectDay' : 'label';
}

function hasDailyHeader({ headers }: Answer): boolean {
  return headers['x-ratelimit-type'] === 'Daily-limit';
}

/** The sentence "… resume these requests at GMT 00:00:00." */
function resumeTime(text: string, now: number): number | undefined {
  const [, hours, minutes, seconds] = /GMT (\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const wanted = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return (wanted - (now % dayMs) + dayMs) % dayMs || dayMs;
}

/** Facts about a lane from the headers of an answer. */
export interface RateLesson {
  /** The lane's real limit, when it is one of the published ones. */
  readonly window?: WindowLimit;
  /** Zoom's count of the requests in the window up to this one. */
  readonly counted?: number;
  /** The allowance of the day is used up. */
  readonly dayUsedUp: boolean;
}

/**
 * Reads `X-RateLimit-Category`, `-Limit` and `-Remaining`. Some accounts have these headers. They contain the allowance
 * of the second or that of the day, so we believe only numbers that Zoom has published for the label.
 * Source: https://developers.zoom.us/docs/api/rate-limits/
 * @param share - our part of the limits.
 */
export function rateLesson(lane: LaneKey, { headers }: Answer, share: number): RateLesson {
  const category = headers['x-ratelimit-category']?.toLowerCase().replace(/[^a-z]/g, '');
  if (category !== undefined && category !== lane.label.toLowerCase()) return { dayUsedUp: false };
  if (headers['x-ratelimit-limit'] === undefined) return { dayUsedUp: false };
  const limit = Number(headers['x-ratelimit-limit']);
  const known = publishedFor(lane);
  const window = known.window.find(({ requests }) => requests === limit);
  const remaining = headers['x-ratelimit-remaining'];
  if (window === undefined) return { dayUsedUp: known.day.includes(limit) && remaining === '0' };
  const counted = limit - Number(remaining);
  return {
    window: sharedWindow(window, share),
    ...(Number.isInteger(counted) ? { counted } : {}),
    dayUsedUp: false,
  };
}
