import { hash, randomUUID } from 'node:crypto';
import type { ConnectorObject } from '../connector.js';
import type { Session } from '../object-class/call.js';
import { type Match, type Matches, objectBytes } from './match.js';

/** Characters of a digest: 96 bits. */
const length = 16;

/** The digest before the first row. */
const emptyDigest = '';

/** A digest of all rows that were given, in order. Two walks with the same digest have given the same rows. */
function extendDigest(digest: string, rowKeys: readonly string[]): string {
  return rowKeys.reduce(
    (before, rowKey) => hash('sha256', `${before} ${rowKey}`, 'base64url').slice(0, length),
    digest,
  );
}

/** How many matches are read at once when all the rest is wanted. */
const restSize = 500;

/** Up to this size a first page is perhaps all that a caller wants to see, and is read with as little else as can be. */
const glanceSize = 100;

/** What is kept of a walk between two pages; plain data. */
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
  /** How many matches there are up to the end of the page, and which. */
  readonly given: number;
  readonly rowsDigest: string;
  /** Whether anything may come after it. */
  readonly more: boolean;
  /** How many matches come after it, where that is known. */
  readonly remaining: number | undefined;
}

/**
 * A walk over the matches of a search. The matches of the last page stay at hand, so that a page can be asked for
 * twice; what was read beyond it waits for the next one.
 */
export class PagedWalk {
  readonly id: string;
  #first: number;
  #rowsDigest: string;
  #ready: Match[];

  /** @param saved - the state of an earlier walk; `source` goes on from its part of it. */
  constructor(
    private readonly source: Matches,
    saved?: PagedWalkState,
  ) {
    this.id = saved?.id ?? randomUUID();
    this.#first = saved?.first ?? 0;
    this.#rowsDigest = saved?.rowsDigest ?? emptyDigest;
    this.#ready = [...(saved?.ready ?? [])];
  }

  /** How many matches come before those at hand. */
  get first(): number {
    return this.#first;
  }

  /** How many come before those that were not read. */
  get end(): number {
    return this.#first + this.#ready.length;
  }

  /** Digest of all matches before those at hand. */
  get rowsDigest(): string {
    return this.#rowsDigest;
  }

  /** Goes forward until `position` matches lie behind, or to the end. */
  async goTo(position: number, session: Session): Promise<void> {
    const { source } = this;
    while (this.#first < position && (this.#ready.length > 0 || !source.done)) {
      const count = position - this.#first;
      const passed = this.#ready.splice(0, count).map(({ rowKey }) => rowKey);
      const rowKeys = passed.length > 0 ? passed : await source.pass(count, session);
      this.#first += rowKeys.length;
      this.#rowsDigest = extendDigest(this.#rowsDigest, rowKeys);
    }
  }

  /**
   * The next `size` matches, fewer only at the end. Where the target's counts say that this is the last page it is
   * made sure of, so that no empty page follows.
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
   * The next `size` matches, of which at most `held` are at hand at once: those before the last ones are given as they
   * are read, and left behind.
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

  /** All further matches. */
  async *rest(session: Session): AsyncGenerator<ConnectorObject, void, void> {
    for (;;) {
      for (const { object } of this.#ready.splice(0)) yield object;
      if (this.source.done) return;
      this.#ready.push(...(await this.source.read({ count: restSize, firstPage: false }, session)));
    }
  }

  /** About how many bytes its state takes. */
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
