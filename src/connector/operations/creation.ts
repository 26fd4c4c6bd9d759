import type { Attributes } from '../../connid/attribute.js';
import type { Work } from './apply-changes.js';

/** A create under way. */
export interface Creation extends Work {
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
}
