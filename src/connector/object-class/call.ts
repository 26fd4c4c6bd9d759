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
 * The target system behind the connector. The client implements it and sends a call; conditions of the call, such as
 * `awaits` and `expect`, are left to an interceptor.
 */
export interface Target {
  send(call: Call, context: OperationContext): Promise<unknown>;
}

/** Puts something around every call to a target: a check, a record, a refusal to send. */
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
  /** Why the call is made, for dry runs and logs; no personal data. */
  readonly why: string;
  /** Codes of the target that mean the wanted state is there already; such an answer counts as success. */
  readonly settledBy?: readonly number[];
  /** For endpoints with `repeat: 'lookFirst'`: how to find out whether a lost call took effect. */
  readonly lookFirst?: LookFirst;
  /**
   * Inspects a successful answer; throws a ConnectorError when it shows that not everything happened. What the answer
   * leaves open is read through the session.
   */
  readonly expect?: (answer: unknown, session: Session) => void | Promise<void>;
  /** How a failure of the call is told: says what it was about, where the target's words do not. */
  readonly refused?: (error: ConnectorError) => ConnectorError;
  /** For reads: the call is repeated until what it waits for is there. */
  readonly awaits?: Awaits;
  /** For calls that make an object: what a dry run takes for the answers to this call and to reads of the object. */
  readonly foreseen?: Foreseen;
  /** Attributes this call writes, where not every call of its step writes all of the step's. */
  readonly writes?: readonly string[];
  /** Turns a refusal the configuration tolerates into a warning; `undefined` for errors that stay errors. */
  readonly tolerate?: (error: ConnectorError) => Warning | undefined;
}

/** Something that takes the target a moment, and how to see that it is there. */
export interface Awaits {
  /** What is waited for, as the subject of a sentence. */
  readonly what: string;
  readonly isThere: (answer: unknown) => boolean;
  /** Whether a refusal only says that it is not there yet. */
  readonly isMissing: (error: ConnectorError) => boolean;
}

/** Answers by endpoint id. A read of the object by an endpoint that is not among them finds nothing. */
export type Foreseen = Readonly<Record<string, unknown>>;

/** Stands for the id of an object that a dry run does not make; it has the form of the target's ids. */
export const placeholderUid = '_uid-known-when-executed_';

/**
 * Finds out by reads whether a write whose answer was lost has happened.
 * @returns what the lost call would have answered, or `undefined` when it has not happened.
 * @throws ConnectorError `unknownUid` when the object is not there, so that nothing has happened; any other error
 * leaves the question open.
 */
type LookFirst = (session: Session) => Promise<unknown>;
