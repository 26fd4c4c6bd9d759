import type { Attributes } from '../../connid/attribute.js';
import type { Call, Session } from './call.js';
import type { FoundObject } from './found-object.js';

/** The call that makes an object. */
export interface CreatePlan {
  readonly call: Call;
  /** Attributes that the call writes. An update writes the others. */
  readonly covered: ReadonlySet<string>;
}

/** Rules for making an object that already exists the result of a create. */
interface Adoption {
  /** Sources that the look-up by name reads before a create: enough for `refusal`. */
  readonly sources: ReadonlySet<string>;
  /**
   * Called when `service.duplicateErrorReturnsId` allows adoption, and again under the object's lock. It makes no call.
   * @returns the reason not to adopt the object; `undefined` when a create may adopt it.
   */
  readonly refusal?: (found: FoundObject) => string | undefined;
}

/** The capability behind Create. Its class is updateable, too: an update writes attributes the call does not take. */
export interface Creatable {
  /**
   * Plans the create call from validated attributes. Called before the look-up by name, to refuse an impossible
   * request at once. Called again after it, when the session's reads may have shown more. It makes no call.
   * @throws ConnectorError when the attributes cannot be created.
   */
  plan(attributes: Attributes, session: Session): CreatePlan;
  /**
   * Refuses values that only the account shows to be wrong, of attributes that the create call does not take. Called
   * right before the call, after the look-up found no object. If the update failed later instead, the object would
   * stay behind and every repeated create would fail again. It may read and must not write.
   * @throws ConnectorError `invalidAttributeValue`.
   */
  readonly check?: (attributes: Attributes, session: Session) => Promise<void>;
  /**
   * Uid and name from the answer to the call, as far as it contains them. Called once, after a success. Without a uid
   * Create looks the object up by name.
   */
  created(answer: unknown): { readonly uid: string | undefined; readonly name: string | undefined };
  /** The error when the target says that a name is taken, but no object of the account has it. */
  readonly nameTaken: { readonly message: string; readonly hint: string };
  /**
   * Words about an existing object that has the name of a create or rename, if its state asks for a remedy of its own.
   * `undefined` for any other object.
   */
  readonly existing?: (found: FoundObject) => { readonly message: string; readonly hint: string } | undefined;
  readonly adoption: Adoption;
}
