import { ConnectorError } from '../../connid/errors.js';
import type { OperationContext } from '../context.js';
import type { LoopTurns } from '../loop-turns.js';
import type { ListingContexts, Lock, TargetChecks } from '../ports.js';
import {
  type ClassFor,
  type CreatableClass,
  type ObjectClass,
  type RemovableClass,
  supports,
  type UpdateableClass,
  type WriteOperation,
} from '../object-class/object-class.js';
import { openSession, type Session, type Target } from '../object-class/call.js';
import type { Verifier } from '../writes/verifier.js';
import type { WriteRecord } from '../writes/write-record.js';

/** Settings of the operations, from the configuration. */
export interface ConnectorSettings {
  /** The receiver of the calls: the target itself or a stand-in. */
  readonly target: string;
  /** The target's name in sentences for the caller. */
  readonly targetName: string;
  readonly api: 'rest' | 'scim';
  readonly deepGet: boolean;
  readonly deepImport: boolean;
  /** True if the schema advertises paging options. */
  readonly pagination: boolean;
  /** The number of rows that a sorted search may read. */
  readonly maxSortedResults: number;
  /** The number of objects that a search reads at the same time. */
  readonly maxConcurrency: number;
  /** Milliseconds after which a search without progress fails. */
  readonly idleTimeoutMs: number;
  readonly duplicateErrorReturnsId: boolean;
  /** Reads back every change unless `off`. A difference is a warning or an error. */
  readonly verifyWrites: 'off' | 'warn' | 'fail';
  /** Milliseconds for each guaranteed step, counted from its own beginning. */
  readonly guaranteedMs: number;
}

/** The parts that every operation uses. */
export interface OperationParts {
  readonly settings: ConnectorSettings;
  readonly objectClasses: readonly ObjectClass[];
  readonly target: Target;
  readonly lock: Lock;
  readonly contexts: ListingContexts;
  /** Shared by all searches of the process. */
  readonly turns: LoopTurns;
  readonly writes: WriteRecord;
  readonly verifier: Verifier;
  /** Signs the cookies of paged searches. Every replica has the same key, every account another one. */
  readonly cookieKey: Uint8Array;
  /** Checks of the Test operation that concern the target as a whole. */
  readonly checks: TargetChecks;
}

/**
 * Finds an object class by name, ignoring case.
 * @throws ConnectorError `unsupported`
 */
export function objectClassNamed({ objectClasses }: OperationParts, name: string): ObjectClass {
  const wanted = name.toLowerCase();
  const found = objectClasses.find(({ view }) => view.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const known = objectClasses.map(({ view }) => view.name).join(', ');
  throw new ConnectorError('unsupported', 'There is no object class with this name.', {
    hint: `Known are: ${known}.`,
  });
}

/**
 * Finds an object class whose objects can be made.
 * @throws ConnectorError `unsupported`
 */
export function creatableClass(parts: OperationParts, name: string): CreatableClass {
  return classFor(parts, name, 'create');
}

/**
 * Finds an object class whose objects can be changed.
 * @throws ConnectorError `unsupported`
 */
export function updateableClass(parts: OperationParts, name: string): UpdateableClass {
  return classFor(parts, name, 'updateDelta');
}

/**
 * Finds an object class whose objects can be deleted.
 * @throws ConnectorError `unsupported`
 */
export function removableClass(parts: OperationParts, name: string): RemovableClass {
  return classFor(parts, name, 'delete');
}

function classFor<Operation extends WriteOperation>(
  parts: OperationParts,
  name: string,
  operation: Operation,
): ClassFor[Operation] {
  const found = objectClassNamed(parts, name);
  if (supports(found, operation)) return found;
  const hint = found.switchedOff?.[operation];
  throw new ConnectorError(
    'unsupported',
    `${found.view.name} does not support ${operation}.`,
    hint === undefined ? {} : { hint },
  );
}

/** A session for steps that run even when the operation's own time is up, or the service stops. */
export function guaranteedSession(parts: OperationParts, context: OperationContext): Session {
  const signal = AbortSignal.timeout(parts.settings.guaranteedMs);
  return openSession(parts.target, { ...context, signal, cut: signal });
}
