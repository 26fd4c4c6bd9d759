import { connect, type Socket } from 'node:net';
import { Decoder } from '../src/connid-server/codec/decoder.js';
import { Encoder } from '../src/connid-server/codec/encoder.js';
import { sealText } from '../src/connid-server/codec/guarded.js';
import type { Wire, WireObject, WireValue } from '../src/connid-server/codec/wire-value.js';

/** The values that a host gives the properties of the connector. */
export type HostProperties = Readonly<Record<string, string | boolean>>;

const locale: WireValue = { kind: 'Locale', language: '', country: '', variant: '' };
const guarded = (text: string): WireValue => ({ kind: 'GuardedString', value: sealText(text) });

/** A host without Java, for measurements: its own work is small, and it keeps no object. */
export class RawHost {
  readonly #encoder = new Encoder();
  readonly #decoder = new Decoder();

  private constructor(
    private readonly socket: Socket,
    private readonly key: string,
  ) {}

  static to(port: number, key: string): RawHost {
    return new RawHost(connect({ host: '127.0.0.1', port, noDelay: true }), key);
  }

  /** Reads all users. @param seen - called for each. */
  static async import(
    port: number,
    key: string,
    properties: HostProperties,
    seen: () => void,
  ): Promise<void> {
    const info = await RawHost.to(port, key).#discover();
    await RawHost.to(port, key).#search(info, properties, seen);
  }

  async #discover(): Promise<Wire<'ConnectorInfo'>> {
    this.#send(locale, guarded(this.key), { kind: 'HelloRequest', infoLevel: 20 });
    for await (const message of this.#messages()) {
      const [info] = message.kind === 'HelloResponse' ? (message.ConnectorInfos?.items ?? []) : [];
      this.socket.destroy();
      if (info?.kind === 'ConnectorInfo') return info;
    }
    throw new Error('The service has no connector');
  }

  async #search(info: Wire<'ConnectorInfo'>, properties: HostProperties, seen: () => void): Promise<void> {
    this.#send(locale, guarded(this.key), {
      kind: 'OperationRequest',
      operation: 'SearchApiOp',
      operationMethodName: 'search',
      ConnectorKey: info.ConnectorKey,
      connectorFacadeKey: facadeKey(info, properties),
      Arguments: { kind: 'List', items: [{ kind: 'ObjectClass', type: 'ZoomUser' }, null, null] },
    });
    for await (const message of this.#messages()) {
      if (message.kind === 'OperationResponsePause') this.#send({ kind: 'OperationRequestMoreData' });
      if (message.kind === 'OperationResponseEnd') return void this.socket.destroy();
      if (message.kind !== 'OperationResponsePart') continue;
      if (message.exception !== null) throw new Error(message.exception.message ?? 'The search has failed');
      seen();
    }
    throw new Error('The connection is gone');
  }

  #send(...messages: WireValue[]): void {
    for (const message of messages) this.socket.write(this.#encoder.encode(message));
  }

  async *#messages(): AsyncGenerator<WireObject, void, void> {
    for await (const chunk of this.socket as AsyncIterable<Buffer>) {
      this.#decoder.add(chunk);
      for (let next = this.#decoder.next(); next !== undefined; next = this.#decoder.next()) {
        if (next !== null) yield next;
      }
    }
  }
}

/** The configuration as hosts send it with each operation. */
function facadeKey(info: Wire<'ConnectorInfo'>, values: HostProperties): string {
  const api = info.APIConfiguration;
  if (api === null) throw new Error('The connector has no configuration');
  const items = (api.ConfigurationProperties?.items ?? []).map((property) => {
    const value = values[property.name ?? ''];
    return value === undefined
      ? property
      : { ...property, value: wireOf(value, property.type === 'GuardedString') };
  });
  const mine: WireValue = { ...api, ConfigurationProperties: { kind: 'ConfigurationProperties', items } };
  return Buffer.from(new Encoder().encode(mine)).toString('base64');
}

function wireOf(value: string | boolean, isSecret: boolean): WireValue {
  if (typeof value === 'boolean') return { kind: 'Boolean', value };
  return isSecret ? guarded(value) : { kind: 'String', value };
}
