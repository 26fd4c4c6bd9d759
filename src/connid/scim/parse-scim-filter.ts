import type { Filter as Expression } from 'scim2-parse-filter';
import { parseFilter as parseTokens, Tokens } from 'scim2-parse-filter/lib/src/parser.js';
import type { Filter } from '../filter.js';
import type { ObjectClassView } from '../object-class-view.js';
import { malformedExpression, tokensOf } from './tokens.js';
import { scimComparison } from './scim-comparison.js';

/** Limits for a SCIM filter expression. */
interface ExpressionLimits {
  /** Maximum number of open brackets. */
  readonly maxDepth: number;
  /** Called for each comparison. Throws if there are too many. */
  readonly onComparison: () => void;
}

/**
 * Reads a SCIM filter expression (RFC 7644, section 3.4.2.2) over the attribute names of an object class.
 * @throws ConnectorError `illegalArgument` with the position of a syntax error, `invalidAttributeValue` for an unknown
 * or unreadable attribute or a value of the wrong type.
 */
export function parseScimFilter(view: ObjectClassView, text: string, limits: ExpressionLimits): Filter {
  const convert = (expression: Expression): Filter => {
    switch (expression.op) {
      case 'and':
      case 'or':
        return { type: expression.op, filters: expression.filters.map(convert) };
      case 'not':
        return { type: 'not', filter: convert(expression.filter) };
      case '[]':
        throw malformedExpression(undefined, 'uses a value path, which no attribute here has');
      default:
        limits.onComparison();
        return scimComparison(view, expression);
    }
  };
  return convert(parseExpression(text, limits.maxDepth));
}

function parseExpression(text: string, maxDepth: number): Expression {
  const placed = tokensOf(text, maxDepth);
  const tokens = new Tokens([...placed]);
  const positionOf = (index: number) => placed[Math.min(index, placed.length - 1)]?.position;
  let expression: Expression;
  try {
    expression = parseTokens(tokens);
  } catch {
    // The parser consumes a token before it rejects it. We drop its message because it repeats values.
    throw malformedExpression(positionOf(tokens.i - 1), 'has an unexpected part');
  }
  if (tokens.peek().type !== 'EOT') {
    throw malformedExpression(positionOf(tokens.i), 'continues after its end; "and" or "or" may be missing');
  }
  return expression;
}
