import type { Attributes, Values } from '../../connid/attribute.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { UserStatus } from './calls.js';

/** Zoom's code for a change of an inactive user: it tells the status better than a read that says otherwise. */
const userDisabled = 1053;

const disabledUser: Attributes = new Map<string, Values>([
  ['STATUS', ['inactive']],
  ['__ENABLE__', [false]],
]);

/**
 * What a refused change tells of a user.
 * @param status - what the user was taken for.
 */
export function inactiveAfterAll({ details }: ConnectorError, status: UserStatus): Attributes {
  const isNews = details.upstream?.code === userDisabled && status !== 'inactive';
  return isNews ? disabledUser : new Map();
}
