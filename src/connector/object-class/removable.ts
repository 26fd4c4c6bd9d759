import type { FoundObject } from './found-object.js';
import type { Plan } from './plan.js';

/** Deletes without a read: the uid suffices. */
interface BlindRemoval {
  readonly needs: 'nothing';
  /**
   * Plans the delete. Called under the object's lock, with the uid of the request; nobody knows whether the object
   * exists. It makes no call; the first call of the plan finds an unknown object.
   */
  readonly plan: (uid: string) => Plan;
}

/** Deletes that depend on what the object is. */
interface InformedRemoval {
  /** The operation reads these sources first, under the lock; an unknown object ends the operation. */
  readonly needs: ReadonlySet<string>;
  /** Plans the delete of the object that was read. It makes no call. A plan without steps is a success. */
  readonly plan: (found: FoundObject) => Plan;
}

/** The capability behind Delete; what becomes of the object may depend on the configuration. */
export type Removable = BlindRemoval | InformedRemoval;
