import type { Attributes, Values } from '../../connid/attribute.js';

/** Recent writes to one object, laid over the values that reads of it return. */
export interface Overlay {
  /** @returns the values of the attribute; `undefined` when it was not read. */
  over(name: string, read: Values | undefined): Values | undefined;
}

/**
 * An object as the target's records show it. Each record stands under the name of its source; `null` means that the
 * source was read and has no record of the object.
 */
export interface FoundObject {
  readonly uid: string;
  readonly name: string;
  readonly records: ReadonlyMap<string, unknown>;
  /** Recent writes to the object. They take precedence over the records. */
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
