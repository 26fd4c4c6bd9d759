import type { Check } from '../connid/errors.js';
import type { OperationContext } from './context.js';

/** Waits; rejects when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Runs work that must not overlap with other work under the same key. */
export interface Lock {
  /**
   * @param key - what is protected, e.g. `ZoomUser/KDcuGIm1QgePTO8WbOqwIQ`.
   * @param signal - gives up waiting (not the work itself) when aborted.
   */
  run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Parts of the Test operation, in order: those before the object classes are tried, and those after. */
export interface TargetChecks {
  readonly before: readonly TargetCheck[];
  readonly after: readonly TargetCheck[];
}

/** One part of the Test operation. */
export interface TargetCheck {
  readonly name: string;
  /** Whether the checks after it make no sense when it fails. */
  readonly decisive: boolean;
  /**
   * @returns what was found; a finding that is no failure but wants attention carries a hint.
   * @throws ConnectorError when the check fails.
   */
  run(context: OperationContext): Promise<readonly Check[]>;
}
