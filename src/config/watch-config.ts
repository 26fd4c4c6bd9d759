import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectorError, toConnectorError } from '../connid/errors.js';
import { fingerprinting, type Fingerprints, fingerprintsOf, sameFingerprints } from './read-files.js';
import { type ConfigSource, loadConfig, type LoadedConfig, readTextFile } from './load-config.js';

/** The result of a change: the new configuration, or the error because of which the old one stays. */
export type ConfigChange = LoadedConfig | { readonly error: ConnectorError };

/** A source to watch, and its loaded configuration. */
interface WatchedSource extends ConfigSource {
  /** The result of {@link loadConfig}. The watch reports changes since then. */
  readonly loaded: LoadedConfig;
  /** Waits between two checks, by default a second. Rejects when the signal aborts. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** A running watch. */
export interface ConfigWatch {
  /** Stops watching. The watch reports no change after that. */
  close(): void;
}

/**
 * Watches a configuration file and its secret files, and loads the configuration again when one of them changes.
 * It polls the contents, which also works for editors that rename files and for Kubernetes, which swaps symbolic links.
 * It loads a change after two equal reads in a row, so it does not load a half-written file.
 * @param onChange - must not throw. The next check waits for it.
 */
export function watchConfig(
  source: WatchedSource,
  onChange: (change: ConfigChange) => void | Promise<void>,
): ConfigWatch {
  const closing = new AbortController();
  void watch(source, closing.signal, onChange);
  return { close: () => closing.abort() };
}

async function watch(
  source: WatchedSource,
  signal: AbortSignal,
  onChange: (change: ConfigChange) => void | Promise<void>,
): Promise<void> {
  const read = source.readFile ?? readTextFile;
  let known = source.loaded.fingerprints;
  let previous = known;
  while (await stillOpen(source.pause ?? aSecond, signal)) {
    const current = await fingerprintsOf(known.keys(), read);
    if (sameFingerprints(current, previous) && !sameFingerprints(current, known)) {
      const [change, fingerprints] = await reload(source);
      known = fingerprints;
      if (!signal.aborted) await onChange(change);
    }
    previous = current;
  }
}

async function reload(source: ConfigSource): Promise<[ConfigChange, Fingerprints]> {
  const reader = fingerprinting(source.readFile ?? readTextFile);
  try {
    return [await loadConfig({ ...source, readFile: reader.read }), reader.seen];
  } catch (thrown) {
    return [{ error: toConnectorError(thrown) }, reader.seen];
  }
}

/** @returns false if the watch was closed during the pause. */
async function stillOpen(
  pause: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  await pause(signal).catch(() => undefined);
  return !signal.aborted;
}

function aSecond(signal: AbortSignal): Promise<void> {
  return sleep(1000, undefined, { ref: false, signal });
}
