import { ConnectorError, type ErrorKind } from '../../src/connid/errors.js';
import type { Call, Session } from '../../src/connector/object-class/call.js';
import { testContext } from './zoom-client.js';

/** A session whose calls are answered by a function, and counted. */
export interface FakeSession extends Session {
  readonly calls: Call[];
  /** Endpoint ids of the calls, in order. */
  ids(): readonly string[];
}

/** @param answer - gives the answer to a call, or throws. */
export function fakeSession(answer: (call: Call) => unknown): FakeSession {
  const calls: Call[] = [];
  return {
    context: testContext(),
    calls,
    ids: () => calls.map(({ endpoint }) => endpoint.id),
    send: (call) => {
      calls.push(call);
      return new Promise((resolve) => resolve(answer(call)));
    },
  };
}

/** A refusal of Zoom as the client tells it. */
export function refusal(kind: ErrorKind, status: number, code?: number, message = ''): ConnectorError {
  return new ConnectorError(kind, `HTTP ${status}`, {
    upstream: { status, message, ...(code !== undefined && { code }) },
  });
}
