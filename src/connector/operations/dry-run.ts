import { ConnectorError } from '../../connid/errors.js';
import { GuardedString } from '../../connid/guarded-string.js';
import type { Body } from '../object-class/endpoint.js';
import { type Call, type Foreseen, type Interceptor, placeholderUid } from '../object-class/call.js';
import type { PlanAnswer, ShownCall } from '../connector.js';
import { noVerifier } from '../writes/verifier.js';
import { noRecord } from '../writes/write-record.js';
import type { OperationParts } from './operation-parts.js';

/**
 * Runs an operation without its writes, so that there is nothing to read back.
 * @returns the calls it would make; reads among them were made.
 * @throws ConnectorError wherever the operation itself would refuse.
 */
export async function dryRun(
  parts: OperationParts,
  operation: (parts: OperationParts) => Promise<unknown>,
): Promise<PlanAnswer> {
  const steps: ShownCall[] = [];
  const target = rehearsing(steps)(parts.target);
  await operation({ ...parts, target, verifier: noVerifier, writes: noRecord });
  return { plan: steps };
}

/**
 * Sends reads, and only notes every other call. An object that is not made because of that is read as its create call
 * foresees it.
 * @param steps - takes up the calls, in order.
 */
function rehearsing(steps: ShownCall[]): Interceptor {
  return (next) => {
    let foreseen: Foreseen = {};
    return {
      send: (call, context) => {
        steps.push(shownCall(call));
        if (isRead(call) && !mentionsPlaceholder(call)) return next.send(call, context);
        foreseen = call.foreseen ?? foreseen;
        const { [call.endpoint.id]: answer } = foreseen;
        return isRead(call) && answer === undefined ? Promise.reject(notThere()) : Promise.resolve(answer);
      },
    };
  };
}

/** What is waited for depends on writes that are not made, so waiting would be in vain. */
function isRead({ awaits, endpoint }: Call): boolean {
  return endpoint.method === 'GET' && awaits === undefined;
}

function mentionsPlaceholder({ params = {} }: Call): boolean {
  return Object.values(params).includes(placeholderUid);
}

/** The refusal that reading an object meets where it has no record. */
function notThere(): ConnectorError {
  return new ConnectorError('unknownUid', 'The object is not there before it is made.', {
    upstream: { status: 404, code: 'dryRun' },
  });
}

/** How an id that only the execution will know is shown. */
const shownPlaceholder = '{uid}';

/** A call as a dry run shows it: its path filled in, secrets masked, integers that do not fit a double as text. */
function shownCall({ body, endpoint, params = {}, query = {}, why }: Call): ShownCall {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return {
    method: endpoint.method,
    path: endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => shownSegment(params[name] ?? '')),
    ...(given.length > 0 && { query: Object.fromEntries(given) as NonNullable<ShownCall['query']> }),
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
  if (value instanceof GuardedString) return GuardedString.mask;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, shownJson(member)]));
}
