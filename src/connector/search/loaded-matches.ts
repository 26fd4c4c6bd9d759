import type { Session } from '../object-class/call.js';
import { type Match, type Matches, objectBytes, type Want } from './match.js';

/** Reads all matches of a search, in the order of the answer. */
type LoadMatches = (session: Session) => Promise<readonly Match[]>;

interface LoadedMatchesState {
  readonly matches: readonly Match[] | undefined;
  readonly given: number;
}

/** Matches that are all read at once: matches of look-ups, and sorted matches. */
export class LoadedMatches implements Matches {
  #matches: readonly Match[] | undefined;
  #given: number;

  /** @param saved - the state of earlier matches of the same search, to continue from. */
  constructor(
    private readonly load: LoadMatches,
    saved?: unknown,
  ) {
    const state = saved as LoadedMatchesState | undefined;
    this.#matches = state?.matches;
    this.#given = state?.given ?? 0;
  }

  get done(): boolean {
    return this.#matches !== undefined && this.#given >= this.#matches.length;
  }

  async read({ count }: Pick<Want, 'count'>, session: Session): Promise<readonly Match[]> {
    const matches = await this.#all(session);
    const next = matches.slice(this.#given, this.#given + count);
    this.#given += next.length;
    return next;
  }

  async pass(count: number, session: Session): Promise<readonly string[]> {
    return (await this.read({ count }, session)).map(({ rowKey }) => rowKey);
  }

  async *rest(session: Session): AsyncGenerator<Match, void, void> {
    yield* (await this.#all(session)).slice(this.#given);
  }

  async remaining(session: Session): Promise<number> {
    return (await this.#all(session)).length - this.#given;
  }

  get weight(): number {
    return this.done ? 0 : (this.#matches?.length ?? 0) * objectBytes;
  }

  state(): LoadedMatchesState {
    return { matches: this.done ? [] : this.#matches, given: this.done ? 0 : this.#given };
  }

  async #all(session: Session): Promise<readonly Match[]> {
    this.#matches ??= await this.load(session);
    return this.#matches;
  }
}
