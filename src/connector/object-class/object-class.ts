import type { Check, ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { OperationName } from '../connector.js';
import type { Call } from './call.js';
import type { Creatable } from './creatable.js';
import type { Endpoint } from './endpoint.js';
import type { Readable } from './readable.js';
import type { Removable } from './removable.js';
import type { Updateable } from './updateable.js';

/** Operations that need a capability of the class. */
export type WriteOperation = Extract<OperationName, 'create' | 'updateDelta' | 'delete'>;

/** The members that every class may have. */
interface AnyClass {
  /** Names, attributes and their declarations. Requests are validated against it, and the schema is made from it. */
  readonly view: ObjectClassView;
  /**
   * Endpoints the class cannot do without, and endpoints that only some operations need. Test compares them with the
   * scopes that the application was granted.
   */
  readonly endpoints: { readonly required: readonly Endpoint[]; readonly optional: readonly Endpoint[] };
  /** The cheapest call that proves the class can be read. Test sends it, so it must read and change nothing. */
  readonly probe: Call;
  /**
   * For a class that an account may lack. Called when the target refuses the probe of Test. Search fails either way:
   * it never treats a refusal as an empty list.
   * @returns the feature that the account lacks, so that Test continues; `undefined` when the refusal is a failure.
   */
  readonly absence?: (refusal: ConnectorError) => string | undefined;
  readonly read: Readable;
  readonly remove?: Removable;
  /** Operations that the configuration switches off, each with a hint how to switch it on. */
  readonly switchedOff?: Readonly<Partial<Record<WriteOperation, string>>>;
}

/** A class whose objects can be changed. */
export interface UpdateableClass extends AnyClass {
  readonly update: Updateable;
  readonly create?: Creatable;
}

/** A class whose objects are changed elsewhere. */
interface UnchangedClass extends AnyClass {
  readonly update?: undefined;
  readonly create?: undefined;
}

/**
 * One object class of the target: its tables and the few decisions that no table can hold. The operations of the
 * connector use any object class through this interface. Its capabilities show which operations it supports: a class
 * without `create` answers Create with `unsupported` and needs no member for it.
 */
export type ObjectClass = UpdateableClass | UnchangedClass;

/** A class whose objects can be made. */
export interface CreatableClass extends UpdateableClass {
  readonly create: Creatable;
}

/** A class whose objects can be deleted. */
export interface RemovableClass extends AnyClass {
  readonly remove: Removable;
}

/** The class that an operation works on. */
export interface ClassFor {
  readonly create: CreatableClass;
  readonly updateDelta: UpdateableClass;
  readonly delete: RemovableClass;
}

const capabilities = { create: 'create', updateDelta: 'update', delete: 'remove' } as const;

/** True if a class has the capability for an operation and the configuration does not switch it off. */
export function supports<Operation extends WriteOperation>(
  objectClass: ObjectClass,
  operation: Operation,
): objectClass is ObjectClass & ClassFor[Operation] {
  const isSwitchedOff = objectClass.switchedOff?.[operation] !== undefined;
  return objectClass[capabilities[operation]] !== undefined && !isSwitchedOff;
}

/** The operations of a class. Every class can be read. */
export function operationsOf(objectClass: ObjectClass): readonly OperationName[] {
  const writes = ['create', 'updateDelta', 'delete'] as const;
  return ['search', 'get', ...writes.filter((operation) => supports(objectClass, operation))];
}

/**
 * The result of Test for a class whose probe the target refused.
 * @throws the refusal, if the account does not lack the class.
 */
export function absentClass({ absence, view }: ObjectClass, check: string, refusal: ConnectorError): Check {
  const hint = absence?.(refusal);
  if (hint === undefined) throw refusal;
  return { name: check, ok: true, detail: `${view.name} objects are not available in this account.`, hint };
}
