import type { ConnectorError } from '../../connid/errors.js';
import type { Warning } from '../connector.js';
import type { OperationContext } from '../context.js';
import type { Body, Endpoint } from './endpoint.js';

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

/**
 * The target system behind the connector. The client implements it and only sends the call. An interceptor honours
 * the conditions of the call, such as `awaits` and `expect`.
 */
export interface Target {
  send(call: Call, context: OperationContext): Promise<unknown>;
}

/** Wraps every call to a target, for example to check it, record it or refuse to send it. */
export type Interceptor = (next: Target) => Target;

/** Binds a target to the context of one operation. */
export function openSession(target: Target, context: OperationContext): Session {
  return { context, send: (call) => target.send(call, context) };
}

/** One call to the target, as data. */
export interface Call {
  readonly endpoint: Endpoint;
  /** Values of the path's placeholders, not encoded. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: Body;
  /** The reason for the call, for dry runs and logs. It contains no personal data. */
  readonly why: string;
  /** Error codes that mean the object already has the wanted state. Such an answer counts as success. */
  readonly settledBy?: readonly number[];
  /** For endpoints with `repeat: 'lookFirst'`: finds out whether a lost call took effect. */
  readonly lookFirst?: LookFirst;
  /**
   * Checks a successful answer. If the answer leaves something open, the check reads it through the session.
   * @throws ConnectorError when the call did not do everything it asked for.
   */
  readonly expect?: (answer: unknown, session: Session) => void | Promise<void>;
  /** Rewrites an error of this call to name the refused value, when the target's message does not. */
  readonly refused?: (error: ConnectorError) => ConnectorError;
  /** For reads: the state to wait for. An interceptor repeats the call until the target has reached it. */
  readonly awaits?: Awaits;
  /** For calls that make an object: the answers a dry run uses for this call and for reads of the object. */
  readonly foreseen?: Foreseen;
  /** Attributes this call writes. When missing, it writes all attributes of its step. */
  readonly writes?: readonly string[];
  /** Turns an error that the configuration tolerates into a warning; `undefined` if the error stays an error. */
  readonly tolerate?: (error: ConnectorError) => Warning | undefined;
}

/** A state the target reaches only after a while, and how to recognise it. */
export interface Awaits {
  /** The awaited state, as the subject of a sentence. */
  readonly what: string;
  readonly isThere: (answer: unknown) => boolean;
  /** True for an error that only says that the target has not reached the state yet. */
  readonly isMissing: (error: ConnectorError) => boolean;
}

/** Answers by endpoint id. A read by any other endpoint finds no object. */
export type Foreseen = Readonly<Record<string, unknown>>;

/** Stands for the id of an object that a dry run does not make. It has the form of the target's ids. */
export const placeholderUid = '_uid-known-when-executed_';

/**
 * Called when the answer to a write was lost. Finds out by reads whether the write took effect.
 * @returns the answer that was lost, or `undefined` when the write did not take effect.
 * @throws ConnectorError `unknownUid` when the object does not exist, so the write did not take effect. After any
 * other error the question stays open.
 */
type LookFirst = (session: Session) => Promise<unknown>;
