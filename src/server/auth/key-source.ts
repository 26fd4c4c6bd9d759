import { errors as joseErrors } from 'jose';
import type { Logger } from 'winston';
import { HttpProblem } from '../problem/http-problem.js';
import { type KeySet, readKeySet } from './key-set.js';

/** Durations of a key source in milliseconds. */
export interface KeyTimings {
  /** Keys of this age are loaded again. */
  readonly freshMs: number;
  /** Keys of this age are not used any more, although no newer ones can be had. */
  readonly usableMs: number;
  /** Between two loads for the sake of an unknown key, and after a failure while keys are at hand. */
  readonly pauseMs: number;
  /** Between two loads while there are no keys. */
  readonly retryMs: number;
}

/** For an issuer's URL: an unknown key causes one request in 30 seconds at most. */
export const remoteTimings: KeyTimings = {
  freshMs: 600_000,
  usableMs: 3_600_000,
  pauseMs: 30_000,
  retryMs: 5_000,
};

/** For a file, which costs little to read. */
export const fileTimings: KeyTimings = {
  freshMs: 1_000,
  usableMs: 3_600_000,
  pauseMs: 1_000,
  retryMs: 1_000,
};

/** The parts of a key source. */
interface KeySourceParts {
  /** URL or path of the keys, for the log. */
  readonly origin: string;
  /** Reads the document. Rejects with an error whose message may be logged. */
  readonly load: () => Promise<string>;
  readonly timings: KeyTimings;
  /** The time in milliseconds. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'error' | 'info' | 'warn'>;
}

/**
 * The keys of an issuer, kept between requests and loaded again when they are old or a token names an unknown one.
 * Requests that need keys at the same time share one load.
 */
export class KeySource {
  private keys: { readonly set: KeySet; readonly since: number } | undefined;
  private loading: Promise<void> | undefined;
  private triedAt = Number.NEGATIVE_INFINITY;
  private failed = false;

  constructor(private readonly parts: KeySourceParts) {}

  /**
   * Finds the key of a token.
   * @throws HttpProblem `keysUnavailable` if it cannot be known whether the issuer has the key.
   * @throws a `JOSEError` if the issuer has no such key.
   */
  readonly find: KeySet['find'] = async (header, token) => {
    if (this.age() >= this.parts.timings.freshMs) await this.refresh();
    try {
      return await this.current().find(header, token);
    } catch (thrown) {
      if (!(thrown instanceof joseErrors.JWKSNoMatchingKey)) throw thrown;
      return await this.findRotated(header, token, thrown);
    }
  };

  /** The issuer may have a new key. */
  private async findRotated(
    header: Parameters<KeySet['find']>[0],
    token: Parameters<KeySet['find']>[1],
    unknown: Error,
  ): Promise<Awaited<ReturnType<KeySet['find']>>> {
    const before = this.keys?.set;
    await this.refresh();
    const { set } = this.keys ?? {};
    if (set !== undefined && set !== before) return set.find(header, token);
    if (this.failed) throw this.unavailable();
    throw unknown;
  }

  private current(): KeySet {
    if (this.keys === undefined || this.age() >= this.parts.timings.usableMs) throw this.unavailable();
    return this.keys.set;
  }

  private age(): number {
    return this.keys === undefined ? Number.POSITIVE_INFINITY : this.parts.now() - this.keys.since;
  }

  private pause(): number {
    const { pauseMs, retryMs, usableMs } = this.parts.timings;
    return this.age() < usableMs ? pauseMs : retryMs;
  }

  /** Loads the keys, unless that was tried a moment ago. Does not reject. */
  private refresh(): Promise<void> {
    if (this.loading !== undefined) return this.loading;
    if (this.parts.now() - this.triedAt < this.pause()) return Promise.resolve();
    this.triedAt = this.parts.now();
    this.loading = this.reload().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async reload(): Promise<void> {
    const { load, logger, now, origin } = this.parts;
    try {
      const set = readKeySet(await load());
      if (this.failed) logger.info('the keys of the token issuer can be read again', { keys: origin });
      if (set.leftOut > 0 && set.leftOut !== this.keys?.set.leftOut) {
        logger.warn('keys of the token issuer are left out', { keys: origin, leftOut: set.leftOut });
      }
      this.keys = { set, since: now() };
      this.failed = false;
    } catch (thrown) {
      this.failed = true;
      const problem = thrown instanceof Error ? thrown.message : 'unknown';
      logger.error('the keys of the token issuer cannot be had', { keys: origin, problem });
    }
  }

  private unavailable(): HttpProblem {
    const left = Math.max(0, this.triedAt + this.pause() - this.parts.now());
    return new HttpProblem('keysUnavailable', {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(left / 1000))) },
    });
  }
}
