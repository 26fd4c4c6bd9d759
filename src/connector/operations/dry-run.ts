import { ConnectorError } from '../../connid/errors.js';
import { GuardedString } from '../../connid/guarded-string.js';
import type { Body } from '../object-class/endpoint.js';
import { type Call, type Foreseen, type Interceptor, placeholderUid } from '../object-class/call.js';
import type { PlanAnswer, ShownCall } from '../connector.js';
import type { Lock } from '../ports.js';
import { noVerifier } from '../writes/verifier.js';
import { noRecord } from '../writes/write-record.js';
import type { OperationParts } from './operation-parts.js';

/**
 * Dry runs take no lock: they write nothing that another write could mix with. Otherwise they would wait for writes, and
 * writes for them.
 */
const noLock: Lock = {
  run: (_key, work, { signal }) => {
    signal.throwIfAborted();
    return work();
  },
};

/**
 * Runs an operation without its writes, without a read-back and without locks.
 * @returns the calls of the operation. The reads among them were sent, the writes were not.
 * @throws ConnectorError wherever the operation would fail.
 */
export async function dryRun(
  parts: OperationParts,
  operation: (parts: OperationParts) => Promise<unknown>,
): Promise<PlanAnswer> {
  const steps: ShownCall[] = [];
  const target = rehearsing(steps)(parts.target);
  await operation({ ...parts, target, lock: noLock, verifier: noVerifier, writes: noRecord });
  return { plan: steps };
}

/**
 * Sends reads and only records every other call. Reads of an object that a dry run does not make get the answers that
 * its create call foresees.
 * @param steps - receives the calls, in order.
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

/** Calls that await a state do not count as reads: the state depends on writes that a dry run does not send. */
function isRead({ awaits, endpoint }: Call): boolean {
  return endpoint.method === 'GET' && awaits === undefined;
}

function mentionsPlaceholder({ params = {} }: Call): boolean {
  return Object.values(params).includes(placeholderUid);
}

/** The error of a read whose source has no record of the object. */
function notThere(): ConnectorError {
  return new ConnectorError('unknownUid', 'The object does not exist before it is created.', {
    upstream: { status: 404, code: 'dryRun' },
  });
}

/** Stands in the answer for an id that only the execution will know. */
const shownPlaceholder = '{uid}';

/** A call as a dry run shows it: the path is filled in, secrets are masked, integers beyond a double become text. */
function shownCall({ body, endpoint, params = {}, query = {}, why }: Call): ShownCall {
  const sent = Object.entries(query).filter(([, value]) => value !== undefined);
  return {
    method: endpoint.method,
    path: endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => shownSegment(params[name] ?? '')),
    ...(sent.length > 0 && { query: Object.fromEntries(sent) as NonNullable<ShownCall['query']> }),
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
