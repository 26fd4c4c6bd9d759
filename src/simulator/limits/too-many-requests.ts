import { isoTime } from '../core/clock.js';
import { ApiError } from '../http/reply.js';
import type { Label } from '../core/labels.js';

/** Values of `X-RateLimit-Category`. */
export const categories: Readonly<Record<Label, string>> = {
  light: 'Light',
  medium: 'Medium',
  heavy: 'Heavy',
  resourceIntensive: 'Resource-intensive',
};

/** Zoom's sentences for 429. Source: https://developers.zoom.us/docs/api/rate-limits/ */
export const limitMessages = {
  second: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  daily:
    'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when ' +
    'you can make another request.',
  user:
    'You have exceeded the daily rate limit (3) of Email Update API requests permitted for this particular user. ' +
    'You may resume these requests at GMT 00:00:00.',
  concurrent: 'Too many concurrent requests. A request to disassociate this user has already been made.',
} as const;

/** A refusal with 429. The caller passes the headers, because an option switches them off. */
export function tooManyRequests(message: string, headers: Readonly<Record<string, string>> = {}): ApiError {
  return new ApiError({ status: 429, body: { code: 429, message }, headers });
}

/** The headers of a 429 on a daily limit. Only daily limits name a time. */
export function dailyHeaders(midnight: number): Record<string, string> {
  return { 'X-RateLimit-Type': 'Daily-limit', 'Retry-After': isoTime(midnight) };
}
