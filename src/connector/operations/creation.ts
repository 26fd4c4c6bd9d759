import type { Attributes } from '../../connid/attribute.js';
import type { ObjectClass } from '../object-class.js';
import type { Session } from '../session.js';
import type { Environment } from './environment.js';

/** A create under way. */
export interface Creation {
  readonly environment: Environment;
  readonly objectClass: ObjectClass;
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
  readonly session: Session;
}
