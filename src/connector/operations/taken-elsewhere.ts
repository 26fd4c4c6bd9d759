import { ConnectorError } from '../../connid/errors.js';
import type { ObjectClass } from '../object-class/object-class.js';

/** The collision with a name that is taken, though no object of the account has it. */
export function takenElsewhere({ takenElsewhere: told }: ObjectClass, error: ConnectorError): ConnectorError {
  const { hint, message } = told;
  return new ConnectorError('alreadyExists', message, { ...error.details, hint, cause: error });
}
