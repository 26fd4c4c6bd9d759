/** The sizes of the pages of a list whose documented maximum is newer than some accounts. */
export interface PageSize {
  /** Name of the list. */
  readonly list: string;
  /** Zoom's documented maximum. */
  readonly largest: number;
  /** The maximum before that, which every account grants. */
  readonly older: number;
}

/** The page sizes that an account grants, as far as its lists have shown. */
export class PageSizes {
  readonly #lowered = new Set<string>();

  /** The number of rows to ask for. */
  sizeOf({ largest, list, older }: PageSize): number {
    return this.#lowered.has(list) ? older : largest;
  }

  /** Called when Zoom granted a page of this size. After the older maximum the larger one is not tried again. */
  granted({ list, older }: PageSize, size: number): void {
    if (size === older) this.#lowered.add(list);
  }
}

/** A page as Zoom returned it. */
interface GivenPage {
  /** Rows that Zoom was asked for. */
  readonly asked: number | undefined;
  readonly rows: number;
  /** Token of the page after it. */
  readonly next: string | undefined;
}

/** True if Zoom gave fewer rows than it was asked for, and has more. */
export function isTooShort({ largest }: PageSize, { asked, next, rows }: GivenPage): boolean {
  return asked === largest && next !== undefined && rows < largest;
}
