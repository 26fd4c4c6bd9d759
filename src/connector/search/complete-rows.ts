import type { ConnectorObject } from '../connector.js';
import type { LoopTurns } from '../loop-turns.js';
import type { ReadMatch } from './match.js';

/** Bytes of matches that may wait for a row before them, when the order matters. */
export const maxWindowBytes = 16 * 1024 * 1024;

/** Lets one wait for changes that several others make, and passes the first failure on. */
export class Changes {
  #isNews = false;
  #failure: { readonly thrown: unknown } | undefined;
  #wake: () => void = () => undefined;

  /** Called after a change. */
  notify(): void {
    this.#isNews = true;
    this.#wake();
  }

  /** Called after a failure. */
  fail(thrown: unknown): void {
    this.#failure ??= { thrown };
    this.notify();
  }

  /** @throws the first failure. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  /** Waits for the next change since the last call. */
  async next(): Promise<void> {
    if (!this.#isNews) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#isNews = false;
  }
}

/** Rows that are read elsewhere. What is added, and the end, is notified as a change. */
export interface RowSource<Row> {
  /** True when no row follows. */
  readonly done: boolean;
  /** True if completing the row takes a call of its own. */
  needsCall(row: Row): boolean;
  /**
   * The next row that was read; `undefined` when none is there.
   * @param mayCall - false for a row that needs no call.
   */
  take(mayCall: boolean): Row | undefined;
}

/** A row that is being completed, or was. */
interface Entry {
  isOpen: boolean;
  /** `undefined` when the row is no match. */
  match: ReadMatch | undefined;
  bytes: number;
}

/** How rows are completed. */
interface Completing<Row> {
  /** Completes a row; `undefined` when it is no match. */
  readonly complete: (row: Row) => Promise<ReadMatch | undefined>;
  /** Number of rows whose calls run at the same time. */
  readonly concurrency: number;
  /** True to give matches in the order of the rows. Otherwise each is given as soon as it is complete. */
  readonly inOrder: boolean;
  readonly turns: LoopTurns | undefined;
}

/**
 * Completes rows, several at a time. A row that takes long does not hold up the others: out of order it occupies one
 * of the places; in order the rows behind it are completed until their matches reach a number of bytes.
 */
export class RowCompletion<Row> {
  /** In order all rows that were begun, otherwise those that are complete. */
  readonly #line: Entry[] = [];
  #open = 0;
  #calls = 0;
  #complete = 0;
  #bytes = 0;

  constructor(
    private readonly rows: RowSource<Row>,
    private readonly completing: Completing<Row>,
    private readonly changes: Changes,
  ) {}

  /** Yields the matches. It begins rows only while the caller takes matches. */
  async *matches(): AsyncGenerator<ReadMatch, void, void> {
    for (;;) {
      const wait = this.completing.turns?.due();
      if (wait !== undefined) await wait;
      this.changes.check();
      this.#begin();
      const [head] = this.#line;
      if (head?.isOpen === false) {
        this.#give(head);
        if (head.match !== undefined) yield head.match;
      } else if (this.#open === 0 && this.rows.done) return;
      else await this.changes.next();
    }
  }

  #give(head: Entry): void {
    this.#line.shift();
    this.#complete -= 1;
    this.#bytes -= head.bytes;
  }

  /** Begins rows as long as there is room. */
  #begin(): void {
    const { concurrency } = this.completing;
    while (this.#hasRoom()) {
      const row = this.rows.take(this.#calls < concurrency);
      if (row === undefined) return;
      void this.#run(row);
    }
  }

  #hasRoom(): boolean {
    const { concurrency, inOrder } = this.completing;
    if (this.#open >= 2 * concurrency) return false;
    return inOrder ? this.#bytes < maxWindowBytes : this.#complete < concurrency;
  }

  async #run(row: Row): Promise<void> {
    const { complete, inOrder } = this.completing;
    const entry: Entry = { isOpen: true, match: undefined, bytes: 0 };
    const call = this.rows.needsCall(row) ? 1 : 0;
    this.#open += 1;
    this.#calls += call;
    if (inOrder) this.#line.push(entry);
    try {
      entry.match = await complete(row);
      if (inOrder && entry.match !== undefined) entry.bytes = bytesOf(entry.match.object);
      entry.isOpen = false;
    } catch (thrown) {
      this.changes.fail(thrown);
    }
    this.#open -= 1;
    this.#calls -= call;
    this.#complete += 1;
    this.#bytes += entry.bytes;
    if (!inOrder) this.#line.push(entry);
    this.changes.notify();
  }
}

/** About how many bytes an object takes in memory. */
function bytesOf({ attributes, name }: ConnectorObject): number {
  const values: readonly unknown[] = Object.values(attributes).flat();
  return values.reduce<number>((sum, value) => sum + sizeOf(value), 2 * sizeOf(name));
}

/** A value with the place where it stands; a text has up to two bytes a character. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' ? 32 + 2 * value.length : 16;
}
