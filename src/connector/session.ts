import type { Call } from './object-class/call.js';
import type { OperationContext } from './context.js';

/** The target as one operation sees it. */
export interface Session {
  readonly context: OperationContext;
  /**
   * Makes a call.
   * @returns the parsed body, `undefined` for an empty one.
   * @throws ConnectorError
   */
  send(call: Call): Promise<unknown>;
}

/** The target system behind the connector; implemented by the Zoom client, which leaves `carefulTarget` some parts. */
export interface Target {
  send(call: Call, context: OperationContext): Promise<unknown>;
}

/** Binds a target to the context of one operation. */
export function openSession(target: Target, context: OperationContext): Session {
  return { context, send: (call) => target.send(call, context) };
}
