import type { Connector } from '../../connector/connector.js';
import { loggableName, loggableUid } from '../logging/redact.js';
import type { Subject } from './exchange.js';

/**
 * What a request is about, as far as it may be logged: class, uid and names of attributes, never a value.
 * @param request - a body that has passed its schema, or `undefined`.
 */
export function subjectOf(request: unknown, connector: Connector): Subject {
  if (typeof request !== 'object' || request === null) return {};
  const { objectClass, uid, attributes, deltas } = request as Readonly<Record<string, unknown>>;
  const names = attributeNames(attributes, deltas);
  return {
    ...(typeof objectClass === 'string' ? { objectClass: knownClass(objectClass, connector) } : {}),
    ...(typeof uid === 'string' ? { uid: loggableUid(uid) } : {}),
    ...(names.length === 0 ? {} : { attributes: names.map(loggableName) }),
  };
}

/** Metrics and logs know the classes of the connector and `?`; a caller cannot add to them. */
function knownClass(given: string, { info }: Connector): string {
  const wanted = given.toLowerCase();
  return Object.keys(info.operations).find((name) => name.toLowerCase() === wanted) ?? '?';
}

function attributeNames(attributes: unknown, deltas: unknown): string[] {
  if (Array.isArray(deltas)) return deltas.map((delta) => String((delta as { name?: unknown }).name));
  return typeof attributes === 'object' && attributes !== null ? Object.keys(attributes) : [];
}
