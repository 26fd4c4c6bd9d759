import { segmentsOf, valueAt, withValueAt } from '../core/json.js';
import { noContent, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { IgnoreFault } from './fault.js';

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
