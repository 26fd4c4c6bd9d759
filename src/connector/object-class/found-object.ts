import type { Attributes, Values } from '../../connid/attribute.js';

/** Recent writes to one object, laid over what reads of it return. */
export interface Overlay {
  /** The values of an attribute, `undefined` when it was not read. */
  over(name: string, read: Values | undefined): Values | undefined;
}

/**
 * An object as the target's records show it; each record under the name of the source it came from, `null` where the
 * source was read and has nothing about the object.
 */
export interface FoundObject {
  readonly uid: string;
  readonly name: string;
  readonly records: ReadonlyMap<string, unknown>;
  /** Recent writes to the object; they beat what the records show. */
  readonly written?: Overlay;
}

/** An object and its present attributes, as far as its records show them. */
export interface ObjectState {
  readonly found: FoundObject;
  readonly attributes: Attributes;
}

/** An object by its class and uid. */
export interface ObjectName {
  readonly objectClass: string;
  readonly uid: string;
}
