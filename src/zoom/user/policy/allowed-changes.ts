import type { CustomConfig } from '../../../config/connector-config.js';
import type { Warning } from '../../../connector/connector.js';
import type { Occasion } from '../../../connector/object-class/updateable.js';
import type { SideEffect } from '../../../connector/object-class/plan.js';
import type { Values } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { UserStatus } from '../user-view.js';

/** The changes that the user's state and the policy allow. */
export interface AllowedChanges {
  readonly changes: readonly ResolvedChange[];
  /** Changes that the deactivation makes, without a call of their own. */
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

/** The part of the configuration that decides what an update of a user may do. */
export type UpdatePolicy = Pick<
  CustomConfig,
  | 'ignoreUpdateErrorOnDisabledUser'
  | 'removePhoneFeatureOnDisabledUser'
  | 'updateDisabledUsers'
  | 'pendingUpdatePolicy'
>;

/** Attributes that Zoom takes away when it deactivates a user, with what is left of each. */
export type Losses = ReadonlyMap<string, Values>;

/** The state of the user that an update starts from. */
export interface UserSituation {
  readonly status: UserStatus;
  readonly occasion: Occasion;
  readonly losses: Losses;
  /** Changes that leave the user as it is. */
  readonly noOps: readonly ResolvedChange[];
}
