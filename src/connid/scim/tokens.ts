import type { Token } from 'scim2-parse-filter/lib/src/parser.js';
import { ConnectorError } from '../errors.js';

/** The error of a malformed filter expression. It repeats no part of the expression, because that contains values. */
export function malformedExpression(position: number | undefined, what: string): ConnectorError {
  const place = position === undefined ? '' : ` at character ${position}`;
  return new ConnectorError('illegalArgument', `The filter expression${place} ${what}.`, {
    hint: 'Expressions follow RFC 7644, section 3.4.2.2, for example: EMAIL sw "jill" and not (STATUS eq "pending").',
  });
}

/** A token of a SCIM filter expression, and its position. */
interface PlacedToken extends Token {
  /** Index of its first character, counted from 1. */
  readonly position: number;
}

/** Maximum length of an expression, in characters. */
export const maxExpressionLength = 65_536;

const tokenTypes = ['Number', 'Quoted', 'Bracket', 'Word'] as const;

const pattern =
  /(?<Number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.:-]))|(?<Quoted>"(?:[^"\\]|\\.)*")|(?<Bracket>[()])|(?<Word>[A-Za-z_][\w$.:%/-]*)/uy;

const blank = /\s*/uy;

/**
 * Splits a filter expression into tokens. We do not use the parser's tokenizer: it changes backslashes inside strings,
 * rejects negative numbers before a blank, and keeps no positions.
 * @param maxDepth - maximum number of open brackets.
 * @throws ConnectorError `illegalArgument`, naming the position.
 */
export function tokensOf(text: string, maxDepth: number): readonly PlacedToken[] {
  if (text.length > maxExpressionLength) throw malformedExpression(maxExpressionLength + 1, 'is too long');
  const tokens: PlacedToken[] = [];
  for (let at = afterBlank(text, 0); at < text.length;) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = afterBlank(text, at + token.literal.length);
  }
  checkBrackets(tokens, maxDepth);
  return [...tokens, { type: 'EOT', literal: '', position: text.length + 1 }];
}

/** Limits brackets and each `not` before parsing, because the parser recurses at both. */
function checkBrackets(tokens: readonly PlacedToken[], maxDepth: number): void {
  let depth = 0;
  for (const [index, { literal, position }] of tokens.entries()) {
    if (literal === ')') depth -= 1;
    if (literal === '(' && ++depth > maxDepth) {
      throw malformedExpression(position, `is nested deeper than ${maxDepth} levels`);
    }
    if (literal !== '(' && tokens[index - 1]?.literal.toLowerCase() === 'not') {
      throw malformedExpression(position, 'needs a bracket after "not"');
    }
  }
}

function afterBlank(text: string, at: number): number {
  blank.lastIndex = at;
  blank.exec(text);
  return blank.lastIndex;
}

function tokenAt(text: string, at: number): PlacedToken {
  pattern.lastIndex = at;
  const groups: Readonly<Partial<Record<string, string>>> = pattern.exec(text)?.groups ?? {};
  for (const type of tokenTypes) {
    const literal = groups[type];
    if (literal !== undefined) return { type, literal, position: at + 1 };
  }
  throw malformedExpression(at + 1, unexpectedWords(text[at]));
}

function unexpectedWords(character: string | undefined): string {
  if (character === '"') return 'has a string that does not end';
  return character === '[' ? 'uses a value path, which no attribute here has' : 'cannot be read';
}
