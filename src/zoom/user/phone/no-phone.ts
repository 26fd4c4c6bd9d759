import { ConnectorError } from '../../../connid/errors.js';

/** Zoom's codes for an account without Zoom Phone: https://developers.zoom.us/docs/api/phone/ */
const accountCodes: readonly unknown[] = [2031, 2001];

/** Zoom Phone's code for a user id it does not take, with HTTP 400. */
const invalidUser = 300;

/** Whether a refusal says that the account has no Zoom Phone, so that none of its users has. */
export function accountLacksPhone(thrown: unknown): boolean {
  return thrown instanceof ConnectorError && accountCodes.includes(thrown.details.upstream?.code);
}

/**
 * Whether a refusal says that a user who exists has no Zoom Phone. Zoom does not document the answer; 404 with several
 * codes and 400 with code 300 have been seen. A 404 without a code does not come from Zoom.
 */
export function userLacksPhone(thrown: unknown): boolean {
  if (!(thrown instanceof ConnectorError)) return false;
  if (accountLacksPhone(thrown)) return true;
  const { status, code } = thrown.details.upstream ?? {};
  return (status === 404 && code !== undefined) || (status === 400 && code === invalidUser);
}
