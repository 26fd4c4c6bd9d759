import type { Attributes } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Creatable } from '../object-class/creatable.js';
import type { CreatableClass, ObjectClass } from '../object-class/object-class.js';
import type { Work } from './apply-changes.js';

/** The error of a create whose object already exists. */
export function existsAlready({ view }: ObjectClass, uid: string, hint: string): ConnectorError {
  const message = `A ${view.name} with this name exists in this account already.`;
  return new ConnectorError('alreadyExists', message, { uid, hint });
}

/** Refuses objects that must not be adopted. An object may have become one of them since the look-up. */
export function refuseProtected(objectClass: CreatableClass, existing: FoundObject): void {
  const refusal = objectClass.create.adoption.refusal?.(existing);
  if (refusal !== undefined) throw existsAlready(objectClass, existing.uid, refusal);
}

/** A create operation and its request. */
export interface Creation extends Work {
  readonly objectClass: CreatableClass;
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
}

/** The error when the target says that a name is taken, but no object of the account has it. */
export function nameTakenElsewhere({ nameTaken }: Creatable, error: ConnectorError): ConnectorError {
  const { hint, message } = nameTaken;
  return new ConnectorError('alreadyExists', message, { ...error.details, hint, cause: error });
}
