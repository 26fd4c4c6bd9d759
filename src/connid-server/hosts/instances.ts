import { createHash } from 'node:crypto';
import { GuardedString } from '../../connid/guarded-string.js';
import type { Connector } from '../../connector/connector.js';

/** The values of a host's configuration, by name of the property. */
export type ConfigurationValues = ReadonlyMap<string, unknown>;

/** How connectors are made for hosts. */
export interface ConnectorMaker {
  /**
   * Changes when the service's own configuration changes, on which the connector is based.
   * @throws ConnectorError as `check` does.
   */
  readonly generation: (values: ConfigurationValues) => unknown;
  /**
   * Checks a configuration without a call.
   * @throws ConnectorError `configuration`, naming every wrong property.
   */
  readonly check: (values: ConfigurationValues) => void;
  /** @throws ConnectorError as `check` does. */
  readonly make: (values: ConfigurationValues) => Promise<Connector>;
}

interface Instance {
  readonly key: string;
  readonly generation: unknown;
  readonly connector: Promise<Connector>;
  users: number;
  idle?: NodeJS.Timeout;
}

/** An instance is closed when nobody has used it for so long. */
const idleMs = 600_000;

/** Configurations that are in use at the same time. Idle instances beyond that are closed at once. */
const mostInstances = 100;

/** One connector for each configuration that hosts send, kept as long as they use it. */
export class Instances {
  #byKey = new Map<string, Instance>();
  readonly #closing = new Set<Promise<void>>();

  constructor(private readonly maker: ConnectorMaker) {}

  /** Calls a function with the connector of a configuration, which stays open until the function ends. */
  async *use<T, R>(
    values: ConfigurationValues,
    work: (connector: Connector) => AsyncGenerator<T, R, void>,
  ): AsyncGenerator<T, R, void> {
    const instance = this.#instance(values);
    instance.users += 1;
    clearTimeout(instance.idle);
    try {
      return yield* work(await instance.connector);
    } finally {
      instance.users -= 1;
      this.#rest(instance);
    }
  }

  /** Closes all instances, after their operations. */
  async close(): Promise<void> {
    for (const instance of [...this.#byKey.values()]) this.#retire(instance);
    await Promise.all(this.#closing);
  }

  #instance(values: ConfigurationValues): Instance {
    const generation = this.maker.generation(values);
    const key = digestOf(values);
    const known = this.#byKey.get(key);
    if (known?.generation === generation && known !== undefined) return known;
    // That of an earlier configuration of the service ends when its operations have ended.
    if (known !== undefined) this.#retire(known);
    const connector = this.maker.make(values);
    const instance: Instance = { key, generation, connector, users: 0 };
    this.#byKey.set(key, instance);
    // A configuration that allows no connector is refused again each time.
    connector.catch(() => {
      if (this.#byKey.get(key) === instance) this.#byKey.delete(key);
    });
    return instance;
  }

  #rest(instance: Instance): void {
    if (instance.users > 0 || this.#byKey.get(instance.key) !== instance) return;
    if (this.#byKey.size > mostInstances) this.#retire(instance);
    else {
      instance.idle = setTimeout(() => this.#retire(instance), idleMs);
      instance.idle.unref();
    }
  }

  /** `close` of a connector waits for its operations. */
  #retire(instance: Instance): void {
    clearTimeout(instance.idle);
    this.#byKey.delete(instance.key);
    const closed = instance.connector
      .then((connector) => connector.close())
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}

/** A digest of all values. The secrets among them are in no key of a map, and so in no dump of it. */
function digestOf(values: ConfigurationValues): string {
  const revealed = [...values]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => [name, value instanceof GuardedString ? value.reveal() : value]);
  return createHash('sha256').update(JSON.stringify(revealed)).digest('hex');
}
