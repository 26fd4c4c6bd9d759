import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of a connection that may wait. While more of them do, nothing is read from it. */
export const maxWaiting = 100;

/**
 * Runs the requests of each connection one after the other. HTTP lets a caller send requests without waiting for the
 * answers, which must come in the order of the requests anyway. Node.js would start all of them at once, without limit.
 */
export function oneByOne(handler: RequestListener): RequestListener {
  const pipelines = new WeakMap<Socket, Pipeline>();
  return (request, response) => {
    const { socket } = request;
    const pipeline = pipelines.get(socket) ?? new Pipeline(socket, handler);
    pipelines.set(socket, pipeline);
    pipeline.accept({ request, response });
  };
}

interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The requests of one connection. */
class Pipeline {
  readonly #waiting: Waiting[] = [];
  #busy = false;

  constructor(
    readonly socket: Socket,
    readonly handler: RequestListener,
  ) {
    // Node.js resumes the socket whenever somebody reads the body of a request.
    socket.on('resume', () => this.#pauseIfFull());
  }

  accept(next: Waiting): void {
    this.#waiting.push(next);
    if (this.#busy) this.#pauseIfFull();
    else this.#runNext();
  }

  /** One read of at most 64 KiB may contain more requests than the limit. They wait, too: none is lost. */
  #pauseIfFull(): void {
    if (this.#waiting.length > maxWaiting) this.socket.pause();
  }

  #runNext(): void {
    // The caller has left, or the last answer ended the connection. What waits was not begun, and is not.
    if (!this.socket.writable) this.#waiting.length = 0;
    const next = this.#waiting.shift();
    this.#busy = next !== undefined;
    if (next === undefined) return;
    if (this.#waiting.length === maxWaiting) this.socket.resume();
    next.response.once('close', () => this.#runNext());
    this.handler(next.request, next.response);
  }
}
