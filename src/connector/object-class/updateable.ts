import type { Attributes, Values } from '../../connid/attribute.js';
import type { Change, ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { Session } from './call.js';
import type { FoundObject, ObjectName, ObjectState } from './found-object.js';
import type { Plan } from './plan.js';

/** The operation that a change belongs to; it decides what happens to attributes that the object's state refuses. */
export type Occasion =
  /** UpdateDelta: the caller names these changes alone, so a refused one is an error unless configured otherwise. */
  | 'update'
  /** A create whose call has made the object: the attributes that the call did not take. The object stays either way. */
  | 'create'
  /** A create that found the object in the account: every attribute of the request that an update can write. */
  | 'adopt';

/** Input of update planning. */
export interface UpdateInput {
  /** The object's present uid. */
  readonly uid: string;
  /** The object as it was read; absent when nothing was read. */
  readonly state?: ObjectState;
  /** Changes that are not known to be no-ops, in the order of the attribute table. */
  readonly changes: readonly ResolvedChange[];
  /** Changes that leave the object as it is; for attributes that have to agree with each other. */
  readonly noOps: readonly ResolvedChange[];
  readonly occasion: Occasion;
}

/** Input of planning an update of an object that was read. */
export type UpdateInputWithState = UpdateInput & { readonly state: ObjectState };

/** How some changes are planned. */
interface PlannerOf<Needs extends 'nothing' | ReadonlySet<string>, Input> {
  /** The operation reads these sources of the object first, under its lock; an unknown object ends the operation. */
  readonly needs: Needs;
  /**
   * Plans the changes. Called after the read, and once more for the rest of the changes when `factsFromRefusal`
   * corrected the state. It may read further facts through the session, and must not write: a dry run calls it, too.
   * @throws ConnectorError when the changes are refused; nothing has been written then.
   */
  readonly plan: (input: Input, session: Session) => Promise<Plan>;
}

/** Plans changes for which nothing has to be read; the state is given all the same where it is known. */
export type BlindPlanner = PlannerOf<'nothing', UpdateInput>;

/** Plans changes, with the state where that is needed. */
export type UpdatePlanner = BlindPlanner | PlannerOf<ReadonlySet<string>, UpdateInputWithState>;

/** The values of an attribute that reads will show after a write. */
export interface ExpectedRead extends ObjectName {
  readonly name: string;
  /** The values now stored, if the attribute is single-valued. */
  readonly values: Values;
  /** Added and removed values, if it is multi-valued; the other values are not ours. */
  readonly added: Values;
  readonly removed: Values;
  /** The target may make something else of these values: nothing is known of the attribute any more. */
  readonly derived?: boolean;
}

/**
 * Reads back a change in a way of its own.
 * @returns the values now stored, of which only added and removed ones must be right; `undefined` if they cannot be
 * read.
 */
export type ReadBack = (uid: string, change: ResolvedChange, session: Session) => Promise<Values | undefined>;

/** The capability behind UpdateDelta, and behind what follows a create call. */
export interface Updateable {
  /**
   * Chooses how changes are planned. Called under the object's lock and before the object is read, with validated
   * changes that are not yet compared with it. It makes no call.
   */
  planner(changes: readonly Change[]): UpdatePlanner;
  /**
   * Other objects that the changes write to, where a write of such an object, planned before and sent after, would
   * undo them. Called before planning; these objects are then locked until the update has ended.
   */
  readonly alsoChanges?: (changes: readonly ResolvedChange[]) => readonly ObjectName[];
  /**
   * What reads show once a change is made, of this object and of others. Called after the writes, for changes and
   * side effects alike. For some seconds reads that differ count as stale. Without it nothing is remembered.
   */
  readonly effectsOnReads?: (uid: string, change: ResolvedChange) => readonly ExpectedRead[];
  /**
   * How to read back a change that a read of the object does not show, or not soon. Called after the writes when
   * `service.verifyWrites` asks for it; `undefined` means that a read of the object shows the change.
   */
  readonly readBack?: (change: ResolvedChange) => ReadBack | undefined;
  /**
   * Attributes that a refusal proves, where the records say otherwise. Called when a step failed and the object was
   * read before; with them the rest of the update is planned once more. Empty when the refusal proves nothing new.
   */
  readonly factsFromRefusal?: (refusal: ConnectorError, found: FoundObject) => Attributes;
}
