import type { FoundObject } from './found-object.js';
import type { Plan } from './plan.js';

/** Deletes without a read: it needs only the uid. */
interface BlindRemoval {
  readonly needs: 'nothing';
  /**
   * Plans the delete. Called under the object's lock, with the uid of the request. It makes no call. If the object
   * does not exist, the first call of the plan fails.
   */
  readonly plan: (uid: string) => Plan;
}

/** Deletes that depend on the state of the object. */
interface InformedRemoval {
  /** The operation reads these sources first, under the lock. It fails if the object does not exist. */
  readonly needs: ReadonlySet<string>;
  /** Plans the delete of the object that was read. It makes no call. A plan without steps is a success. */
  readonly plan: (found: FoundObject) => Plan;
}

/** The capability behind Delete. The configuration may decide what happens to the object. */
export type Removable = BlindRemoval | InformedRemoval;
