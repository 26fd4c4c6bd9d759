import { ByteSink } from './byte-sink.js';
import { NumberedNames } from './declared-names.js';
import { ObjectWriter } from './object-writer.js';
import { format } from './type-table.js';
import type { WireValue } from './wire-value.js';

/** Encodes one direction of a connection, message by message. It keeps nothing but the names that it has declared. */
export class Encoder {
  readonly #names = new NumberedNames();
  #hasHeader = false;

  /** @returns the bytes of the message, with all that has to precede them. */
  encode(message: WireValue): Uint8Array {
    const body = new ByteSink();
    new ObjectWriter(body, this.#names).value(message);
    const head = new ByteSink();
    this.#writeHead(head);
    return Buffer.concat([head.written, body.written]);
  }

  #writeHead(head: ByteSink): void {
    if (!this.#hasHeader) {
      head.int(format.magic);
      head.int(format.version);
      this.#hasHeader = true;
    }
    const { names, firstCode } = this.#names.takeUndeclared();
    head.int(names.length);
    names.forEach((name, index) => {
      head.string(name);
      head.int(firstCode + index);
    });
  }
}
