import { ConnectorError } from '../errors.js';

/** The error of a filter expression that can not be read. It repeats nothing of the expression, which holds values. */
export function malformedExpression(position: number | undefined, what: string): ConnectorError {
  const place = position === undefined ? '' : ` at character ${position}`;
  return new ConnectorError('illegalArgument', `The filter expression${place} ${what}.`, {
    hint: 'Expressions follow RFC 7644, section 3.4.2.2, for example: EMAIL sw "jill" and not (STATUS eq "pending").',
  });
}
