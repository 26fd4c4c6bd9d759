import { Fifo, Turns } from './turns.js';

/** Kinds of requests: writes, reads that somebody waits for, and reads of listings, which come by thousands. */
type RequestKind = 'write' | 'read' | 'bulk';

/** An item of a queue. */
export interface Queued {
  readonly kind: RequestKind;
  /** Name of the caller; the same for all callers if they do not authenticate. */
  readonly caller: string;
  /** Identity of the operation. It must not be a name that a caller chooses: callers could share a turn. */
  readonly operation: unknown;
}

/** While others wait, at least one of so many items in a row is bulk. */
const bulkEvery = 10;

/**
 * A queue in which bulk waits for all others, so that an import with thousands of reads delays nobody. Writes and reads
 * take turns. Within each kind the callers take turns, and within a caller the operations.
 */
export class FairQueue<Item extends Queued> {
  readonly #lines: Readonly<Record<RequestKind, Turns<Queued, Item>>> = {
    write: newTurns(),
    read: newTurns(),
    bulk: newTurns(),
  };
  #lastWrote = false;
  /** Items in a row that were served while bulk waited. */
  #beforeBulk = 0;

  get length(): number {
    const { bulk, read, write } = this.#lines;
    return bulk.length + read.length + write.length;
  }

  push(item: Item): void {
    this.#lines[item.kind].push(item);
  }

  /** Number of items before a new one, more or less. */
  ahead(item: Queued): number {
    const own = this.#lines[item.kind].ahead(item);
    const { read, write } = this.#lines;
    if (item.kind === 'bulk') return own + read.length + write.length;
    const other = item.kind === 'write' ? read : write;
    return own + Math.min(other.length, own + 1);
  }

  /** Removes an item whose caller has stopped waiting. */
  remove(item: Item): void {
    this.#lines[item.kind].remove(item);
  }

  /** The next item. @param mayRun - false for kinds that must wait. */
  peek(mayRun: (kind: RequestKind) => boolean): Item | undefined {
    for (const kind of this.#order()) {
      const item = mayRun(kind) ? this.#lines[kind].peek() : undefined;
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /** Removes the item that {@link peek} returned; the next turn belongs to others. */
  take(item: Item): void {
    this.#lines[item.kind].take(item);
    const isBulk = item.kind === 'bulk';
    if (!isBulk) this.#lastWrote = item.kind === 'write';
    this.#beforeBulk = isBulk || this.#lines.bulk.length === 0 ? 0 : this.#beforeBulk + 1;
  }

  #order(): readonly RequestKind[] {
    const others = this.#lastWrote ? (['read', 'write'] as const) : (['write', 'read'] as const);
    return this.#beforeBulk >= bulkEvery - 1 ? ['bulk', ...others] : [...others, 'bulk'];
  }
}

function newTurns<Item extends Queued>(): Turns<Queued, Item> {
  const newFifo = () => new Fifo<Item>();
  const ofOneCaller = () => new Turns<Queued, Item>(({ operation }) => operation, newFifo);
  return new Turns(({ caller }) => caller, ofOneCaller);
}
