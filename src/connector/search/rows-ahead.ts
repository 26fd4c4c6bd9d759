import { deserialize, serialize } from 'node:v8';
import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Listing } from '../object-class/listing.js';
import { Changes, type RowSource } from './complete-rows.js';
import type { LoopTurns } from '../loop-turns.js';
import { type ListingPlan, rowNeedsCall } from './listing-plan.js';
import { type HeldRow, PageReading, readPage } from './read-pages.js';

/** Bytes of packed rows that wait for a call each. While so many wait, no further page is read. */
export const maxWaitingBytes = 8 * 1024 * 1024;

/** Rows that are packed and unpacked together. */
const rowsPerPack = 200;

/** Rows that wait, in their order. Only those at the head are objects; packed rows take a fifth of the memory. */
class RowQueue {
  readonly #parts: (readonly FoundObject[] | Uint8Array)[] = [];
  #head: readonly FoundObject[] = [];
  #next = 0;
  #bytes = 0;

  /** @param packs - false for a queue whose rows are taken soon, so that packing would not pay. */
  constructor(private readonly packs: boolean) {}

  /** Bytes of the packed rows. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True if rows of more than one page wait. Only for a queue that does not pack. */
  get hasSecondPage(): boolean {
    return this.#parts.length > 0;
  }

  /** Adds the rows of a page. Packing takes time, and so turns. */
  async add(rows: readonly FoundObject[], turns: LoopTurns | undefined): Promise<void> {
    const size = this.packs ? rowsPerPack : rows.length;
    for (let start = 0; start < rows.length; start += size) {
      const wait = turns?.due();
      if (wait !== undefined) await wait;
      this.#addPart(rows.slice(start, start + size));
    }
  }

  /** The row at the head. */
  peek(): FoundObject | undefined {
    if (this.#next === this.#head.length) this.#unpack();
    return this.#head[this.#next];
  }

  /** Takes the row at the head. */
  take(): FoundObject | undefined {
    const row = this.peek();
    if (row !== undefined) this.#next += 1;
    return row;
  }

  #addPart(rows: readonly FoundObject[]): void {
    if (this.peek() === undefined) {
      [this.#head, this.#next] = [rows, 0];
      return;
    }
    if (!this.packs) {
      this.#parts.push(rows);
      return;
    }
    // The serializer's own buffer has room to grow; the copy has not.
    const packed = Buffer.from(serialize(rows));
    this.#bytes += packed.length;
    this.#parts.push(packed);
  }

  #unpack(): void {
    const part = this.#parts.shift();
    if (part === undefined) return;
    this.#next = 0;
    this.#head = part instanceof Uint8Array ? (deserialize(part) as readonly FoundObject[]) : part;
    if (part instanceof Uint8Array) this.#bytes -= part.length;
  }
}

/** A listing to read, and how its rows are given. */
export interface RowReading {
  readonly plan: ListingPlan;
  readonly listing: Listing;
  /** True to give the rows in the order of the listing. Otherwise rows without a call pass those that wait for one. */
  readonly inOrder: boolean;
  /** Rows that were read before, and whether they are the last. */
  readonly start?: { readonly rows: readonly HeldRow[]; readonly done: boolean } | undefined;
}

/**
 * Reads the pages of a listing ahead of the calls for single rows, so that seconds lie between two pages. What waits is
 * bounded: rows that need a call, or wait for such rows because the order matters, by their bytes; other rows by the
 * number of pages, because only a slow reader leaves them waiting.
 */
export class RowsAhead implements RowSource<FoundObject> {
  readonly #waiting = new RowQueue(true);
  readonly #ready = new RowQueue(false);
  readonly #room = new Changes();
  readonly #pages: PageReading;

  constructor(
    private readonly reading: RowReading,
    private readonly session: Session,
    changes: Changes,
  ) {
    this.#pages = new PageReading(changes);
  }

  get done(): boolean {
    return this.#pages.ended && this.#waiting.peek() === undefined && this.#ready.peek() === undefined;
  }

  needsCall(row: FoundObject): boolean {
    return rowNeedsCall(this.reading.plan, this.reading.listing, row);
  }

  take(mayCall: boolean): FoundObject | undefined {
    const row = this.reading.inOrder ? this.#takeNext(mayCall) : this.#takeAny(mayCall);
    if (row !== undefined && !this.#isFull()) this.#room.notify();
    return row;
  }

  /** Reads to the end of the listing. A failure is passed on as a change. */
  async read(): Promise<void> {
    const { start } = this.reading;
    let unused = start?.rows;
    await this.#pages.run(async () => {
      const rows = unused ?? (start?.done === true ? undefined : await this.#readPage());
      unused = undefined;
      if (rows === undefined) return false;
      await this.#add(rows.map(({ row }) => row));
      return true;
    });
  }

  /** Reads no further page. */
  stop(): void {
    this.#pages.stop();
    this.#room.notify();
  }

  /** Reads a page as soon as there is room for its rows. */
  async #readPage(): Promise<readonly HeldRow[] | undefined> {
    const { listing, plan } = this.reading;
    while (this.#isFull() && !this.#pages.stopped) await this.#room.next();
    return this.#pages.stopped ? undefined : readPage(plan, listing, this.session);
  }

  /** Adds rows behind those that were read. */
  async #add(rows: readonly FoundObject[]): Promise<void> {
    const { turns } = this.session.context;
    const waiting = new Set(rows.filter((row) => this.reading.inOrder || this.needsCall(row)));
    await this.#waiting.add([...waiting], turns);
    await this.#ready.add(
      rows.filter((row) => !waiting.has(row)),
      turns,
    );
  }

  #isFull(): boolean {
    return this.#waiting.bytes >= maxWaitingBytes || this.#ready.hasSecondPage;
  }

  #takeAny(mayCall: boolean): FoundObject | undefined {
    return (mayCall ? this.#waiting.take() : undefined) ?? this.#ready.take();
  }

  #takeNext(mayCall: boolean): FoundObject | undefined {
    const row = this.#waiting.peek();
    return row === undefined || (!mayCall && this.needsCall(row)) ? undefined : this.#waiting.take();
  }
}
