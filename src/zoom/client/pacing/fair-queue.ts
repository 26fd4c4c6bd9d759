/** An item of a queue. */
export interface Queued {
  /** The operation it belongs to. */
  readonly owner: string;
  readonly writes: boolean;
}

/**
 * A queue in which reads and writes take turns, and within each the operations take turns. So an import with thousands
 * of reads delays a write, or a read of another operation, by one or two items.
 */
export class FairQueue<Item extends Queued> {
  readonly #reads = new Turns<Item>();
  readonly #writes = new Turns<Item>();
  #lastWrote = false;

  get length(): number {
    return this.#reads.length + this.#writes.length;
  }

  push(item: Item): void {
    this.#of(item).push(item);
  }

  /** Number of items before a new one. */
  ahead(item: Queued): number {
    const own = this.#of(item).ahead(item.owner);
    const other = item.writes ? this.#reads : this.#writes;
    return own + Math.min(other.length, own + 1);
  }

  /** Removes an item whose caller has stopped waiting. */
  remove(item: Item): void {
    this.#of(item).remove(item);
  }

  /** The next item. @param writesOnly - skips reads. */
  peek(writesOnly: boolean): Item | undefined {
    if (writesOnly) return this.#writes.peek();
    const first = this.#lastWrote ? this.#reads : this.#writes;
    const second = this.#lastWrote ? this.#writes : this.#reads;
    return first.peek() ?? second.peek();
  }

  /** Removes the item that {@link peek} returned; the next turn belongs to others. */
  take(item: Item): void {
    this.#of(item).take(item);
    this.#lastWrote = item.writes;
  }

  #of(item: Queued): Turns<Item> {
    return item.writes ? this.#writes : this.#reads;
  }
}

/** Items by owner; the owners take turns. */
class Turns<Item extends Queued> {
  /** In the order of turns: a map keeps the order of insertion. */
  readonly #owners = new Map<string, Item[]>();
  length = 0;

  push(item: Item): void {
    const items = this.#owners.get(item.owner);
    if (items === undefined) this.#owners.set(item.owner, [item]);
    else items.push(item);
    this.length += 1;
  }

  ahead(owner: string): number {
    const turn = (this.#owners.get(owner)?.length ?? 0) + 1;
    const before = [...this.#owners.values()].reduce((sum, items) => sum + Math.min(items.length, turn), 0);
    return Math.min(before, this.length);
  }

  peek(): Item | undefined {
    const [first] = this.#owners.values();
    return first?.[0];
  }

  take(item: Item): void {
    const items = this.#owners.get(item.owner) ?? [];
    this.remove(item);
    this.#owners.delete(item.owner);
    if (items.length > 0) this.#owners.set(item.owner, items);
  }

  remove(item: Item): void {
    const items = this.#owners.get(item.owner);
    const index = items?.indexOf(item) ?? -1;
    if (items === undefined || index < 0) return;
    items.splice(index, 1);
    this.length -= 1;
    if (items.length === 0) this.#owners.delete(item.owner);
  }
}
