import { isoTime } from '../core/clock.js';
import { segmentsOf, valueAt, withValueAt } from '../core/json.js';
import type { Label } from '../core/labels.js';
import { noContent, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { nextMidnight } from '../limits/counters.js';
import { categories, limitMessages } from '../limits/too-many-requests.js';
import type { World } from '../world.js';
import type { IgnoreFault, RateLimitFault } from './fault.js';

/** An HTML page like those that Zoom's edge servers send. */
export function htmlReply(status: number): Reply {
  const page = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, body: page, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
}

/** A 429 in the form that the fault asks for. */
export function rateLimitReply(world: World, label: Label, fault: RateLimitFault): Reply {
  const now = world.clock.now();
  const standard = fault.limit === 'daily' ? nextMidnight(now) - now : 1000;
  const body = { code: 429, message: limitMessages[fault.limit] };
  const headers = {
    ...((fault.headers ?? world.options.rateLimitHeaders) && limitHeaders(label, fault.limit)),
    ...retryAfter(fault.retryAfter ?? 'none', now, fault.afterMs ?? standard),
  };
  return { status: 429, body, headers };
}

function limitHeaders(label: Label, limit: RateLimitFault['limit']): Record<string, string> {
  if (limit === 'concurrent' || limit === 'user') return {};
  return {
    'X-RateLimit-Category': categories[label],
    'X-RateLimit-Type': limit === 'daily' ? 'Daily-limit' : 'QPS',
    'X-RateLimit-Limit': '1',
    'X-RateLimit-Remaining': '0',
  };
}

function retryAfter(
  form: NonNullable<RateLimitFault['retryAfter']>,
  now: number,
  afterMs: number,
): Record<string, string> {
  switch (form) {
    case 'iso':
      return { 'Retry-After': isoTime(now + afterMs) };
    case 'http':
      return { 'Retry-After': new Date(now + afterMs).toUTCString() };
    case 'seconds':
      return { 'Retry-After': String(Math.ceil(afterMs / 1000)) };
    case 'none':
      return {};
  }
}

/**
 * Answers a write as if it had been made. With `fields` everything but those fields is made, and the answer shows them
 * as they were sent. Without `fields` nothing is made. Reads are processed as usual. So are calls that create an object
 * without `fields`, because we cannot invent their answers.
 */
export function ignore(route: Route, call: Call, { fields }: IgnoreFault): Reply {
  if (route.method === 'GET') return route.handler(call);
  if (fields !== undefined) return ignoreFields(route, call, fields.map(segmentsOf));
  if (route.whenIgnored !== undefined) return route.whenIgnored(call);
  return route.method === 'POST' ? route.handler(call) : noContent;
}

function ignoreFields({ handler }: Route, call: Call, paths: readonly (readonly string[])[]): Reply {
  const body = paths.reduce((rest: unknown, path) => withValueAt(rest, path, undefined), call.body);
  const reply = handler({ ...call, body });
  const answerBody = paths.reduce((answer, path) => showRequestedValue(answer, path, call.body), reply.body);
  return answerBody === undefined ? reply : { ...reply, body: answerBody };
}

/** An answer may be flatter than the request. A member missing at its path is searched at the top level. */
function showRequestedValue(answer: unknown, path: readonly string[], requested: unknown): unknown {
  const value = valueAt(requested, path);
  if (value === undefined) return answer;
  return withValueAt(answer, valueAt(answer, path) === undefined ? path.slice(-1) : path, value);
}
