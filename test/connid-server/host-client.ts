import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Decoder } from '../../src/connid-server/codec/decoder.js';
import { Encoder } from '../../src/connid-server/codec/encoder.js';
import type { Kind, Wire, WireObject, WireValue } from '../../src/connid-server/codec/wire-value.js';
import { guarded } from './wire-values.js';

const locale: WireValue = { kind: 'Locale', language: 'en', country: 'US', variant: '' };

/** A host at the other end of a connection. */
export class HostClient {
  readonly #encoder = new Encoder();
  readonly #decoder = new Decoder();
  readonly #chunks: AsyncIterator<Buffer, undefined>;

  private constructor(readonly socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    socket.on('error', () => undefined);
  }

  static async connect(port: number, tls?: ConnectionOptions): Promise<HostClient> {
    const address = { host: '127.0.0.1', port, allowHalfOpen: true };
    const socket =
      tls === undefined ? connect(address) : connectTls({ ...address, ...tls, servername: 'localhost' });
    await once(socket, tls === undefined ? 'connect' : 'secureConnect');
    return new HostClient(socket);
  }

  send(...messages: WireValue[]): void {
    for (const message of messages) this.socket.write(this.#encoder.encode(message));
  }

  sendBytes(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  request(key: string, request: WireValue): void {
    this.send(locale, guarded(key), request);
  }

  /** The next message; `undefined` if the server has closed the connection. */
  async receive(): Promise<WireValue | undefined> {
    for (;;) {
      const message = this.#decoder.next();
      if (message !== undefined) return message;
      const chunk = await this.#chunks.next().catch(() => undefined);
      if (chunk?.value === undefined) return undefined;
      this.#decoder.add(chunk.value);
    }
  }

  async expect<K extends Kind>(kind: K): Promise<Wire<K>> {
    const message = await this.receive();
    if (message?.kind !== kind) throw new Error(`${message?.kind ?? 'nothing'} in place of ${kind}`);
    return message as Wire<K>;
  }

  /** The messages of an answer up to the part without a result, or with an exception. Pauses are answered. */
  async answer(): Promise<WireObject[]> {
    const messages: WireObject[] = [];
    for (;;) {
      const message = await this.receive();
      if (message === undefined || message === null) return messages;
      messages.push(message);
      if (message.kind === 'OperationResponsePause') this.send({ kind: 'OperationRequestMoreData' });
      if (message.kind === 'OperationResponseEnd')
        return [...messages, await this.expect('OperationResponsePart')];
      if (message.kind === 'OperationResponsePart' && message.exception !== null) return messages;
    }
  }

  close(): void {
    this.socket.destroy();
  }
}

export const hello: WireValue = { kind: 'HelloRequest', infoLevel: 20 };

/** A request for an operation, which the sessions pass on. */
export function operationRequest(
  operation: Wire<'OperationRequest'>['operation'],
  method: string,
  args: readonly WireValue[] = [],
  facadeKey = '',
): Wire<'OperationRequest'> {
  return {
    kind: 'OperationRequest',
    operation,
    operationMethodName: method,
    ConnectorKey: null,
    connectorFacadeKey: facadeKey,
    Arguments: { kind: 'List', items: args },
  };
}
