import type { Attributes } from '../../connid/attribute.js';
import type { Call, Session } from './call.js';
import type { FoundObject } from './found-object.js';

/** The call that makes an object. */
export interface CreatePlan {
  readonly call: Call;
  /** Attributes that the call writes; the others follow as an update. */
  readonly covered: ReadonlySet<string>;
}

/** Whether an object that exists already may become the result of a create. */
interface Adoption {
  /** Sources that the look-up by name reads before a create: enough for `refusal`. */
  readonly sources: ReadonlySet<string>;
  /**
   * Why an existing object must not be adopted. Called when `service.duplicateErrorReturnsId` allows adoption, and
   * again under the object's lock. It makes no call.
   * @returns `undefined` when the object may be adopted.
   */
  readonly refusal?: (found: FoundObject) => string | undefined;
}

/** The capability behind Create. A class that has it is updateable, too: an update writes what the call does not take. */
export interface Creatable {
  /**
   * Plans the create call. Called with validated attributes, before the look-up by name so that an impossible request
   * is refused at once, and again after it, when the session's reads may have shown more. It makes no call.
   * @throws ConnectorError when the attributes cannot be created.
   */
  plan(attributes: Attributes, session: Session): CreatePlan;
  /**
   * Refuses what only the account shows to be wrong, where the create call does not take the attribute. Called after
   * the look-up found no object, right before the call: an update that failed later would leave the object behind, and
   * repeating the create would never end. It may read and must not write.
   * @throws ConnectorError `invalidAttributeValue`.
   */
  readonly check?: (attributes: Attributes, session: Session) => Promise<void>;
  /**
   * Uid and name from the answer to the call, as far as it contains them. Called once, after a success. Without a uid
   * the object is looked up by name.
   */
  created(answer: unknown): { readonly uid: string | undefined; readonly name: string | undefined };
  /** The error for a name that the target calls taken although no object of the account has it. */
  readonly nameTaken: { readonly message: string; readonly hint: string };
  readonly adoption: Adoption;
}
