/** Something that waits: for whom, and whether it changes anything. */
export interface Queued {
  /** Operation it belongs to. */
  readonly owner: string;
  readonly writes: boolean;
}

/**
 * A queue that serves reads and writes in turn, and among each the operations in turn: an import with thousands of
 * reads delays a write, or the few reads of another operation, by a place or two.
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

  /** How many items a new one would have before it. */
  ahead(item: Queued): number {
    const own = this.#of(item).ahead(item.owner);
    const other = item.writes ? this.#reads : this.#writes;
    return own + Math.min(other.length, own + 1);
  }

  /** Takes out an item that waits no longer. */
  remove(item: Item): void {
    this.#of(item).remove(item);
  }

  /** @param writesOnly - when reads may not leave now. */
  peek(writesOnly: boolean): Item | undefined {
    if (writesOnly) return this.#writes.peek();
    const first = this.#lastWrote ? this.#reads : this.#writes;
    const second = this.#lastWrote ? this.#writes : this.#reads;
    return first.peek() ?? second.peek();
  }

  /** Takes out the item that {@link peek} gave. */
  take(item: Item): void {
    this.#of(item).take(item);
    this.#lastWrote = item.writes;
  }

  #of(item: Queued): Turns<Item> {
    return item.writes ? this.#writes : this.#reads;
  }
}

/** Items by owner; owners take turns. */
class Turns<Item extends Queued> {
  /** In order of their turns: a map keeps the order of insertion. */
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
