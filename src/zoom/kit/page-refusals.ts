import { ConnectorError } from '../../connid/errors.js';
import { afterRefusal, type ListWalk, withSmallerPages } from './list-walk.js';
import type { PageSize } from './page-size.js';

/**
 * True when Zoom refused a page token as too old or as made for another query, so that the walk must restart. Codes
 * 300 (users, groups), 400 (phone) and 1003100 (numbers) have the same sentence, see
 * https://developers.zoom.us/docs/api/using-zoom-apis/#pagination.
 */
export function isPageTokenRefusal({ details }: ConnectorError): boolean {
  const { code, message } = details.upstream ?? {};
  if (code === 1003100) return true;
  return (code === 300 || code === 400) && /next page token/i.test(message ?? '');
}

/** Our code for an answer that is larger than we read. Errors name it. */
export const answerTooLarge = 'ERR_ANSWER_TOO_LARGE';

/**
 * True if a page may have been too large. Zoom documents no answer to a size beyond its maximum. So every refusal of the
 * query counts that does not name another field, and so does an answer that is larger than we read.
 */
export function mayBeTooLarge({ details: { errors = [], upstream }, message }: ConnectorError): boolean {
  if (upstream === undefined) return message.includes(answerTooLarge);
  const isRefusal = upstream.status === 400 && upstream.code === 300;
  return isRefusal && (errors.length === 0 || errors.some(({ path }) => path.includes('page_size')));
}

/** The answer to a page's call, or the walk to continue with when Zoom refused the page token or the page was too large. */
export async function orRestart(
  answer: Promise<unknown>,
  walk: ListWalk,
  size: PageSize | undefined,
): Promise<{ readonly body: unknown } | { readonly restarted: ListWalk }> {
  try {
    return { body: await answer };
  } catch (thrown) {
    const restarted = thrown instanceof ConnectorError ? restart(thrown, walk, size) : undefined;
    if (restarted === undefined) throw thrown;
    return { restarted };
  }
}

function restart(refusal: ConnectorError, walk: ListWalk, size: PageSize | undefined): ListWalk | undefined {
  if (isPageTokenRefusal(refusal)) return afterRefusal(walk);
  const isTooLarge = size !== undefined && walk.size === size.largest && mayBeTooLarge(refusal);
  return isTooLarge ? withSmallerPages(walk, size.older) : undefined;
}
