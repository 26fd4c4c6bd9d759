import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectorError, toConnectorError } from '../connid/errors.js';
import { fingerprinting, type Fingerprints, fingerprintsOf, sameFingerprints } from './read-files.js';
import { type ConfigSource, loadConfig, type LoadedConfig, readTextFile } from './load-config.js';

/** What a change of the configuration led to: a new one, or the reason why the old one stays. */
export type ConfigChange = LoadedConfig | { readonly error: ConnectorError };

/** A source to watch, and how it was when it was loaded. */
interface WatchedSource extends ConfigSource {
  /** What {@link loadConfig} answered; changes since then are reported. */
  readonly loaded: LoadedConfig;
  /** The pause between two looks; by default a second. Rejects when the signal aborts. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** A running watch. */
export interface ConfigWatch {
  /** Stops watching; nothing is reported after that. */
  close(): void;
}

/**
 * Watches a configuration file and the secret files it refers to, and loads it again when one of them changes.
 * Contents are polled, so editors that rename and Kubernetes, which swaps symbolic links, need nothing special.
 * A change is taken up once it reads the same twice in a row: a half-written file is not loaded.
 * @param onChange - must not throw; the next look waits for it.
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

/** @returns false when the watch was closed during the pause. */
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
