import { changedSettings } from '../config/advice.js';
import { accountGroups } from '../config/accounts.js';
import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type ReloadableConnector, type Replacement, startReloadable } from './reloadable-connector.js';
import type { RunningTarget } from './target.js';

/** Makes the connector of an account. @param name - empty if it is the only one. */
export type NamedFactory = (config: ConnectorConfig, name: string) => Connector;

type Configs = ReadonlyMap<string, ConnectorConfig>;

/** The connectors of the service, by name; the only one of a configuration without names has an empty name. */
export interface Connectors {
  names(): readonly string[];
  get(name: string): ReloadableConnector | undefined;
  /** The first one, for what they have in common. */
  first(): ReloadableConnector;
  /**
   * Takes over changed configurations: all or, if one of them allows no connector, none. Connectors whose settings have
   * not changed are not touched.
   * @throws ConnectorError if a configuration allows no connector. All stays as it was then.
   */
  replace(configs: Configs): Promise<void>;
  /** Resolves when all operations have ended. */
  close(): Promise<void>;
}

/**
 * Starts the connectors of all accounts.
 * @param onGone - called with the name of a removed connector when its last operation has ended.
 * @throws ConnectorError if a configuration allows no connector. Nothing is left running then.
 */
export async function startConnectors(
  configs: Configs,
  factory: NamedFactory,
  onGone: (name: string) => void = () => undefined,
): Promise<Connectors> {
  let open = new Map<string, ReloadableConnector>();
  const ending = new Endings();
  const end = async (name: string, connector: ReloadableConnector): Promise<void> => {
    try {
      await closed(connector);
    } finally {
      // One of the same name may have been added again.
      if (!open.has(name)) onGone(name);
    }
  };
  const start = (name: string, config: ConnectorConfig): Promise<ReloadableConnector> =>
    startReloadable(config, (complete) => factory(complete, name));

  async function replace(next: Configs): Promise<void> {
    const { added, replacements } = await prepare(next, open, start);
    for (const replacement of replacements) replacement.commit();
    const removed = [...open].filter(([name]) => !next.has(name));
    open = new Map([...next.keys()].flatMap((name) => entryOf(name, added.get(name) ?? open.get(name))));
    for (const [name, connector] of removed) ending.add(end(name, connector));
  }

  await replace(configs);
  let replacing: Promise<void> = Promise.resolve();
  return {
    names: () => [...open.keys()],
    get: (name) => open.get(name),
    first: () => {
      const [first] = open.values();
      if (first === undefined) throw new Error('a configuration has an account');
      return first;
    },
    replace: (next) => (replacing = replace(next)),
    close: async () => {
      // Otherwise a running replacement would start a target that is never closed.
      await replacing.catch(() => undefined);
      await Promise.all([...[...open.values()].map(closed), ending.all()]);
    },
  };
}

/** A change that is ready: new connectors, and those that replace present ones. */
interface Prepared {
  readonly added: ReadonlyMap<string, ReloadableConnector>;
  readonly replacements: readonly Replacement[];
}

/** Makes the connectors of a change. If one of them cannot be made, it closes the others, and throws its error. */
async function prepare(
  next: Configs,
  open: ReadonlyMap<string, ReloadableConnector>,
  start: (name: string, config: ConnectorConfig) => Promise<ReloadableConnector>,
): Promise<Prepared> {
  const added = new Map<string, ReloadableConnector>();
  const replacements: Replacement[] = [];
  try {
    for (const [name, config] of next) {
      const present = open.get(name);
      if (present === undefined) added.set(name, await start(name, config));
      else if (hasChanged(present.target().original, config))
        replacements.push(await present.prepare(config));
    }
    return { added, replacements };
  } catch (thrown) {
    // Their own failures would hide the reason of the refusal.
    await Promise.allSettled([
      ...replacements.map((each) => each.abandon()),
      ...[...added.values()].map(closed),
    ]);
    throw thrown;
  }
}

/** The ends of connectors that changes have removed. */
class Endings {
  readonly #ends = new Set<Promise<void>>();

  /** A failed end stays, so that `all` rejects with its error. It concerns no other connector. */
  add(end: Promise<void>): void {
    this.#ends.add(end);
    end.then(
      () => void this.#ends.delete(end),
      () => undefined,
    );
  }

  async all(): Promise<void> {
    await Promise.all(this.#ends);
  }
}

function entryOf<T>(name: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[name, value]];
}

function closed(connector: ReloadableConnector): Promise<void> {
  return connector.close();
}

/** True if settings differ that a connector depends on. */
function hasChanged(before: ConnectorConfig, next: ConnectorConfig): boolean {
  return changedSettings(before, next).some((name) => {
    const [group = ''] = name.split('.');
    return group === 'state' || accountGroups.includes(group);
  });
}

/** The targets of all connectors, by their names. */
export function targetsOf(connectors: Connectors): ReadonlyMap<string, RunningTarget> {
  const names = connectors.names();
  return new Map(names.flatMap((name) => entryOf(name, connectors.get(name)?.target())));
}
