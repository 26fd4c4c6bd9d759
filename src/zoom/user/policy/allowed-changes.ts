import type { Warning } from '../../../connector/connector.js';
import type { SideEffect } from '../../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../../connid/delta.js';

/** What remains to be planned after the user's state has been considered. */
export interface AllowedChanges {
  readonly changes: readonly ResolvedChange[];
  /** Changes that the deactivation makes by itself. */
  readonly fulfilled: readonly ResolvedChange[];
  /** Activate before everything else. */
  readonly activate: boolean;
  /** Deactivate after everything else, whatever happens. */
  readonly deactivate: boolean;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/** Nothing is to be done. */
export const nothing: AllowedChanges = {
  changes: [],
  fulfilled: [],
  activate: false,
  deactivate: false,
  warnings: [],
  sideEffects: [],
};
