import type { Call } from '../../src/connector/object-class/call.js';
import type { PlannedStep } from '../../src/connector/object-class/plan.js';

/** A call as one line: method, path and body. */
export function lineOf({ body, endpoint, params = {} }: Call): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  return [endpoint.method, path, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
}

/** The calls of some steps as lines, each after the name of its step. */
export function linesOf(steps: readonly PlannedStep[]): readonly string[] {
  return steps.flatMap(({ calls, name }) => calls.map((call) => `${name}: ${lineOf(call)}`));
}
