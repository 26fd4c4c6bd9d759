import type { Reply } from '../http/reply.js';
import type { World } from '../world.js';

/** A command with its parameters and body. */
export interface ControlCall {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  /** Members of the JSON body; empty without a body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One command of the control API. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly description: string;
  /** Members of the body, in words. */
  readonly body?: string;
  readonly handler: (call: ControlCall) => Reply;
}

/** The refusal of a command of the control API. */
export class CommandError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'CommandError';
  }
}
