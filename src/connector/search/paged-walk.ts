import { hash, randomUUID } from 'node:crypto';
import type { ConnectorObject } from '../connector.js';
import type { Session } from '../object-class/call.js';
import { type Match, type Matches, objectBytes } from './match.js';

/** Characters of a digest: 96 bits. */
const length = 16;

/** The digest before the first row. */
const emptyDigest = '';

/** A digest of all rows that were returned, in order. Two walks with the same digest have returned the same rows. */
function extendDigest(digest: string, rowKeys: readonly string[]): string {
  return rowKeys.reduce(
    (before, rowKey) => hash('sha256', `${before} ${rowKey}`, 'base64url').slice(0, length),
    digest,
  );
}

/** Matches that are passed over in one stretch. */
const passedAtOnce = 1000;

/** A first page up to this size may be all the caller wants, so it reads nothing beyond its rows. */
const glanceSize = 100;

/** State of a paged walk, saved between two pages. Plain data. */
export interface PagedWalkState {
  readonly id: string;
  readonly first: number;
  readonly rowsDigest: string;
  readonly ready: readonly Match[];
  readonly source: unknown;
}

/** One page of a walk. */
export interface WalkPage {
  readonly objects: readonly ConnectorObject[];
  /** The number of matches up to the end of the page, and their digest. */
  readonly given: number;
  readonly rowsDigest: string;
  /** True if more matches may follow. */
  readonly more: boolean;
  /** The number of matches after it, if known. */
  readonly remaining: number | undefined;
}

/**
 * A walk over the matches of a search. It keeps the matches of the last page, so that the caller can request a page
 * twice. It also keeps matches that were read beyond that page, for the next one.
 */
export class PagedWalk {
  readonly id: string;
  #first: number;
  #rowsDigest: string;
  #ready: Match[];

  /** @param saved - the state of an earlier walk. `source` must have been opened with its `source` part. */
  constructor(
    private readonly source: Matches,
    saved?: PagedWalkState,
  ) {
    this.id = saved?.id ?? randomUUID();
    this.#first = saved?.first ?? 0;
    this.#rowsDigest = saved?.rowsDigest ?? emptyDigest;
    this.#ready = [...(saved?.ready ?? [])];
  }

  /** The number of matches before the kept ones. */
  get first(): number {
    return this.#first;
  }

  /** The number of matches before the first one that was not read. */
  get end(): number {
    return this.#first + this.#ready.length;
  }

  /** Digest of all matches before the kept ones. */
  get rowsDigest(): string {
    return this.#rowsDigest;
  }

  /** Moves forward past `position` matches, or to the end. */
  async goTo(position: number, session: Session): Promise<void> {
    const { source } = this;
    while (this.#first < position && (this.#ready.length > 0 || !source.done)) {
      const wait = session.context.turns?.due();
      if (wait !== undefined) await wait;
      const count = Math.min(position - this.#first, passedAtOnce);
      const passed = this.#ready.splice(0, count).map(({ rowKey }) => rowKey);
      const rowKeys = passed.length > 0 ? passed : await source.pass(count, session);
      this.#first += rowKeys.length;
      this.#rowsDigest = extendDigest(this.#rowsDigest, rowKeys);
    }
  }

  /**
   * The next `size` matches, fewer only at the end. If the target's counts say that this is the last page, it reads on
   * to the end to make sure that no empty page follows.
   */
  async page(size: number, session: Session): Promise<WalkPage> {
    const { source } = this;
    let remaining: number | undefined;
    while (!source.done) {
      const wanted = size - this.#ready.length;
      if (wanted <= 0) {
        remaining = await source.remaining(session);
        if (remaining !== 0 || wanted < 0) break;
      }
      const want = { count: Math.max(wanted, 1), firstPage: this.#first === 0 && size <= glanceSize };
      this.#ready.push(...(await source.read(want, session)));
    }
    const page = this.#ready.slice(0, size);
    const left = source.done ? 0 : remaining;
    return {
      objects: page.map(({ object }) => object),
      given: this.#first + page.length,
      rowsDigest: extendDigest(
        this.#rowsDigest,
        page.map(({ rowKey }) => rowKey),
      ),
      more: this.end > this.#first + page.length || !source.done,
      remaining: left === undefined ? undefined : left + this.#ready.length - page.length,
    };
  }

  /**
   * The next `size` matches, with at most `held` of them in memory. It yields and drops all parts but the last.
   * @returns the last part of the page.
   */
  async *longPage(
    size: number,
    held: number,
    session: Session,
  ): AsyncGenerator<ConnectorObject, WalkPage, void> {
    for (let left = size; ; left -= held) {
      const part = await this.page(Math.min(left, held), session);
      if (left <= held || !part.more) return part;
      yield* part.objects;
      await this.goTo(part.given, session);
    }
  }

  /** Yields all further matches. */
  async *rest(session: Session): AsyncGenerator<ConnectorObject, void, void> {
    for (const { object } of this.#ready.splice(0)) yield object;
    for await (const { object } of this.source.rest(session)) yield object;
  }

  /** The approximate size of its state, in bytes. */
  get weight(): number {
    return this.#ready.length * objectBytes + this.source.weight;
  }

  state(): PagedWalkState {
    const { id, source } = this;
    return {
      id,
      first: this.#first,
      rowsDigest: this.#rowsDigest,
      ready: this.#ready,
      source: source.state(),
    };
  }
}
