import type { ConnectorError } from '../../connid/errors.js';

/**
 * Whether Zoom refused a call because its page token is too old or was made for another query; the listing must be
 * begun anew. Codes 300 (users, groups), 400 (phone) and 1003100 (numbers) carry the same sentence, see
 * https://developers.zoom.us/docs/api/using-zoom-apis/#pagination.
 */
export function isPageTokenRefusal({ details }: ConnectorError): boolean {
  const { code, message } = details.upstream ?? {};
  if (code === 1003100) return true;
  return (code === 300 || code === 400) && /next page token/i.test(message ?? '');
}
