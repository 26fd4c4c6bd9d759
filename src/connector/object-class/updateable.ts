import type { Attributes, Values } from '../../connid/attribute.js';
import type { Change, ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { Session } from './call.js';
import type { FoundObject, ObjectName, ObjectState } from './found-object.js';
import type { Plan } from './plan.js';

/** The operation that a change belongs to. It decides what happens to attributes that the object's state refuses. */
export type Occasion =
  /** UpdateDelta: the caller names these changes alone, so a refused one is an error unless configured otherwise. */
  | 'update'
  /** A create whose call made the object: the attributes that the call did not take. The object stays either way. */
  | 'create'
  /** A create that found the object in the account: every attribute of the request that an update can write. */
  | 'adopt';

/** Input of update planning. */
export interface UpdateInput {
  /** The object's present uid. */
  readonly uid: string;
  /** The state that was read; absent when nothing was read. */
  readonly state?: ObjectState;
  /** Changes that have, or may have, an effect, in the order of the attribute table. */
  readonly changes: readonly ResolvedChange[];
  /** Changes to values the object already has. Attributes that have to agree with each other need them. */
  readonly noOps: readonly ResolvedChange[];
  readonly occasion: Occasion;
}

/** Input of planning an update of an object that was read. */
export type UpdateInputWithState = UpdateInput & { readonly state: ObjectState };

/** Plans some changes. */
interface PlannerOf<Needs extends 'nothing' | ReadonlySet<string>, Input> {
  /** The operation reads these sources of the object first, under its lock. It fails if the object does not exist. */
  readonly needs: Needs;
  /**
   * Plans the changes. Called after the read, and once more for the rest of the changes when `factsFromRefusal`
   * corrected the state. It may read further facts through the session. It must not write: a dry run calls it, too.
   * @throws ConnectorError when the class refuses the changes; nothing has been written then.
   */
  readonly plan: (input: Input, session: Session) => Promise<Plan>;
}

/** Plans changes that need no read. If the state is known, the input contains it all the same. */
export type BlindPlanner = PlannerOf<'nothing', UpdateInput>;

/** Plans changes, with the state if it needs any. */
export type UpdatePlanner = BlindPlanner | PlannerOf<ReadonlySet<string>, UpdateInputWithState>;

/** The values of an attribute that reads will show after a write. */
export interface ExpectedRead extends ObjectName {
  readonly name: string;
  /** The values now stored, if the attribute is single-valued. */
  readonly values: Values;
  /** Added and removed values, if it is multi-valued. The write does not touch the other values. */
  readonly added: Values;
  readonly removed: Values;
  /** The target may store other values than these, so the stored values are unknown. */
  readonly derived?: boolean;
}

/**
 * Reads back a change by other means than a read of the object.
 * @returns the values now stored. Only added and removed values must be right. `undefined` if they cannot be read.
 */
export type ReadBack = (uid: string, change: ResolvedChange, session: Session) => Promise<Values | undefined>;

/** The capability behind UpdateDelta, and behind the update that follows a create call. */
export interface Updateable {
  /**
   * Chooses the planner for changes. Called under the object's lock, before the object is read. The changes are
   * validated, but not yet compared with the object. It makes no call.
   */
  planner(changes: readonly Change[]): UpdatePlanner;
  /**
   * Other objects that the changes write to. Name an object if a concurrent write of it could undo the changes. Called
   * before planning; the operation then holds the locks of these objects until the update has ended.
   */
  readonly alsoChanges?: (changes: readonly ResolvedChange[]) => readonly ObjectName[];
  /**
   * The values that reads of this object and of others return after a change. Called after the writes, for changes and
   * side effects alike. For some seconds reads that differ count as stale. Without it nothing is remembered.
   */
  readonly effectsOnReads?: (uid: string, change: ResolvedChange) => readonly ExpectedRead[];
  /**
   * Returns the way to read back a change that a read of the object does not show, or not soon. Called after the
   * writes when `service.verifyWrites` is on. `undefined` means that a read of the object shows the change.
   */
  readonly readBack?: (change: ResolvedChange) => ReadBack | undefined;
  /**
   * Attribute values that an error proves although the records say otherwise. Called when a step failed and the object
   * was read before. The operation then plans the rest of the update again. Empty when the error proves nothing new.
   */
  readonly factsFromRefusal?: (refusal: ConnectorError, found: FoundObject) => Attributes;
}
