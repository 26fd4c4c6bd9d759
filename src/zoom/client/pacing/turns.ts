/** Waiting items, in the order in which they are served. `Key` is the part of an item that decides about its turn. */
interface Line<Key, Item extends Key> {
  readonly length: number;
  push(item: Item): void;
  /** The next item. */
  peek(): Item | undefined;
  /** Removes the item that {@link peek} returned; the next turn belongs to others. */
  take(item: Item): void;
  /** Removes an item whose caller has stopped waiting. */
  remove(item: Item): void;
  /** Number of items before a new one. */
  ahead(item: Key): number;
}

/** Serves items in the order of their arrival. */
export class Fifo<Item> implements Line<unknown, Item> {
  readonly #items: Item[] = [];

  get length(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  take(): void {
    this.#items.shift();
  }

  remove(item: Item): void {
    const index = this.#items.indexOf(item);
    if (index >= 0) this.#items.splice(index, 1);
  }

  ahead(): number {
    return this.#items.length;
  }
}

/** Serves the owners of items in turn; the items of each stand in a line of their own. */
export class Turns<Key, Item extends Key> implements Line<Key, Item> {
  /** In the order of turns: a map keeps the order of insertion. */
  readonly #lines = new Map<unknown, Line<Key, Item>>();
  length = 0;

  constructor(
    private readonly ownerOf: (item: Key) => unknown,
    private readonly newLine: () => Line<Key, Item>,
  ) {}

  push(item: Item): void {
    const owner = this.ownerOf(item);
    const line = this.#lines.get(owner) ?? this.newLine();
    this.#lines.set(owner, line);
    line.push(item);
    this.length += 1;
  }

  peek(): Item | undefined {
    const [first] = this.#lines.values();
    return first?.peek();
  }

  take(item: Item): void {
    const owner = this.ownerOf(item);
    const line = this.#lines.get(owner);
    if (line === undefined) return;
    line.take(item);
    this.length -= 1;
    this.#lines.delete(owner);
    if (line.length > 0) this.#lines.set(owner, line);
  }

  remove(item: Item): void {
    const owner = this.ownerOf(item);
    const line = this.#lines.get(owner);
    if (line === undefined) return;
    const before = line.length;
    line.remove(item);
    this.length -= before - line.length;
    if (line.length === 0) this.#lines.delete(owner);
  }

  ahead(item: Key): number {
    const owner = this.ownerOf(item);
    const own = this.#lines.get(owner)?.ahead(item) ?? 0;
    const others = [...this.#lines].filter(([other]) => other !== owner);
    return others.reduce((sum, [, line]) => sum + Math.min(line.length, own + 1), own);
  }
}
