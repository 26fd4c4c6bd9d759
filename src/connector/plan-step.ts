import { type Body, type Call, placeholderUid } from './call.js';
import type { PlanStep } from './connector.js';

/** How an id that only the execution will know is shown. */
const shownPlaceholder = '{uid}';

/** A call as a dry run shows it: its path filled in, secrets masked, integers that do not fit a double as text. */
export function toPlanStep({ body, endpoint, params = {}, query = {}, why }: Call): PlanStep {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return {
    method: endpoint.method,
    path: endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => shownSegment(params[name] ?? '')),
    ...(given.length > 0 && { query: Object.fromEntries(given) as NonNullable<PlanStep['query']> }),
    ...(body !== undefined && { body: shownJson(body) as Body }),
    label: endpoint.label,
    why,
  };
}

function shownSegment(value: string): string {
  return value === placeholderUid ? shownPlaceholder : encodeURIComponent(value);
}

function shownJson(value: unknown): unknown {
  if (value === placeholderUid) return shownPlaceholder;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(shownJson);
  if (typeof value !== 'object' || value === null) return value;
  if (hasToJson(value)) return shownJson(value.toJSON());
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, shownJson(member)]));
}

/** Guarded strings give a mask. */
function hasToJson(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
