import type { Attributes } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Work } from './apply-changes.js';

/** The error of a create whose object is there already. */
export function existsAlready({ view }: ObjectClass, uid: string, hint: string): ConnectorError {
  const message = `A ${view.name} with this name exists in this account already.`;
  return new ConnectorError('alreadyExists', message, { uid, hint });
}

/** Some objects are never adopted, and an object may have become one of them since it was looked up. */
export function refuseProtected(objectClass: ObjectClass, existing: FoundObject): void {
  const refusal = objectClass.adoptionRefusal(existing);
  if (refusal !== undefined) throw existsAlready(objectClass, existing.uid, refusal);
}

/** A create under way. */
export interface Creation extends Work {
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
}

/** The collision with a name that is taken, though no object of the account has it. */
export function nameTakenElsewhere(
  { nameTakenElsewhere: told }: ObjectClass,
  error: ConnectorError,
): ConnectorError {
  const { hint, message } = told;
  return new ConnectorError('alreadyExists', message, { ...error.details, hint, cause: error });
}
