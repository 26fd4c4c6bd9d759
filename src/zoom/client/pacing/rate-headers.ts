import type { Answer } from '../errors/answer.js';
import { publishedFor, sharedWindow, type LaneKey, type WindowLimit } from './limits.js';

/** What the headers of an answer teach about a lane. */
export interface RateLesson {
  /** The lane's real limit, when Zoom names one of its published ones. */
  readonly window?: WindowLimit;
  /** Requests in the window up to this one, as Zoom counted them. */
  readonly counted?: number;
  /** The allowance of the day is used up. */
  readonly dayUsedUp: boolean;
}

/**
 * Reads `X-RateLimit-Category`, `-Limit` and `-Remaining`. Zoom sends them on some accounts, and gives now the
 * allowance of the second, now that of the day; only numbers it has published for the label are believed.
 * Source: https://developers.zoom.us/docs/api/rate-limits/
 * @param share - our part of the limits.
 */
export function rateLesson(lane: LaneKey, { headers }: Answer, share: number): RateLesson {
  const category = headers['x-ratelimit-category']?.toLowerCase().replace(/[^a-z]/g, '');
  if (category !== undefined && category !== lane.label.toLowerCase()) return { dayUsedUp: false };
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
