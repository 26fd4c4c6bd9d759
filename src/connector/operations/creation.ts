import type { Attributes } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Creatable } from '../object-class/creatable.js';
import type { CreatableClass, ObjectClass } from '../object-class/object-class.js';
import type { Work } from './apply-changes.js';

/** The error of a create whose object already exists. */
export function existsAlready(
  { create: { existing }, view }: CreatableClass,
  found: FoundObject,
  hint: string,
): ConnectorError {
  const words = existing?.(found);
  const message = `A ${view.name} with this name exists in this account already.`;
  return new ConnectorError('alreadyExists', words === undefined ? message : `${message} ${words.message}`, {
    uid: found.uid,
    hint: words === undefined ? hint : `${hint} ${words.hint}`,
  });
}

/** Refuses objects that must not be adopted. An object may have become one of them since the look-up. */
export function refuseProtected(objectClass: CreatableClass, existing: FoundObject): void {
  const refusal = objectClass.create.adoption.refusal?.(existing);
  if (refusal !== undefined) throw existsAlready(objectClass, existing, refusal);
}

/** A create operation and its request. */
export interface Creation extends Work {
  readonly objectClass: CreatableClass;
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
}

/** The error of a rename to the name of an existing object. */
export function renamedToExisting(
  { create }: Pick<ObjectClass, 'create'>,
  error: ConnectorError,
  found: FoundObject,
): ConnectorError {
  const words = create?.existing?.(found);
  if (words === undefined) return error.with({ uid: found.uid });
  const { hint, message } = words;
  return new ConnectorError('alreadyExists', `${error.message} ${message}`, {
    ...error.details,
    uid: found.uid,
    hint,
  });
}

/**
 * The error when the target says that a name is taken, and the search for its object failed. It blames nobody.
 * @param thrown - the failure of the search.
 */
export function nameTakenBySomebody(error: ConnectorError, thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError && thrown.kind === 'alreadyExists') return thrown;
  const message = 'The name is taken. Whether an object of this account has it could not be found out.';
  const hint = 'The error under "cause" stopped the search. Repeat the operation.';
  return new ConnectorError('alreadyExists', message, { ...error.details, hint, cause: thrown });
}

/** The error when the target says that a name is taken, but no object of the account has it. */
export function nameTakenElsewhere({ nameTaken }: Creatable, error: ConnectorError): ConnectorError {
  const { hint, message } = nameTaken;
  return new ConnectorError('alreadyExists', message, { ...error.details, hint, cause: error });
}
