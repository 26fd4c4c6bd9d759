import type { Connector } from '../../src/connector/connector.js';
import type { Target } from '../../src/connector/object-class/call.js';
import { createUserClass, type UserClassSettings } from '../../src/zoom/user/user-class.js';
import { connectorAround, usualUsers } from './connector-around.js';

/** A connector with the class of users alone. */
export function userConnector(
  target: Target,
  changes: Partial<Omit<UserClassSettings, 'policy'>> & {
    readonly policy?: Partial<UserClassSettings['policy']>;
  } = {},
): Connector {
  const policy = { ...usualUsers.policy, ...changes.policy };
  return connectorAround(target, [createUserClass({ ...usualUsers, ...changes, policy }, () => 0)]);
}
