import type { Listing } from '../../connector/listing.js';
import type { FoundObject } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import { DigestSet, type DigestSetState } from '../digest-set.js';
import { type Json, textAt } from '../json.js';
import { checkComplete, type ListWalk, newWalk } from '../list-walk.js';
import { readPage } from '../listing.js';
import { groupPages } from './calls.js';
import { toFoundGroup, withLists } from './read-groups.js';

interface GroupListingState {
  readonly walk: ListWalk;
  readonly seen: DigestSetState;
  /** Rows that are noted as seen, but were not answered because the list ended short. */
  readonly held: readonly FoundObject[];
}

/** Lists groups, each once. */
export class GroupListing implements Listing {
  readonly #seen: DigestSet;
  #walk: ListWalk;
  #held: FoundObject[];

  /** @param saved - the state of an earlier listing, to go on from. */
  constructor(
    private readonly verifyTotals: boolean,
    saved?: unknown,
  ) {
    const state = saved as GroupListingState | undefined;
    this.#seen = new DigestSet(state?.seen);
    this.#walk = state?.walk ?? newWalk;
    this.#held = [...(state?.held ?? [])];
  }

  /** @throws ConnectorError `connectorIO` when Zoom lists fewer groups than it counts, twice. */
  async next(session: Session): Promise<readonly FoundObject[] | undefined> {
    if (this.#walk.done) return undefined;
    const met = { note: (row: Json) => this.#note(row) };
    const { verifyTotals } = this;
    ({ walk: this.#walk } = await readPage(groupPages, { walk: this.#walk, met, verifyTotals }, session));
    checkComplete(this.#walk);
    return this.#held.splice(0);
  }

  complete(row: FoundObject, sources: ReadonlySet<string>, session: Session): Promise<FoundObject> {
    return withLists(row, { sources, verifyTotals: this.verifyTotals }, session);
  }

  remaining(): Promise<number | undefined> {
    const { distinct, done, lastPass, total } = this.#walk;
    if (done || lastPass) return Promise.resolve(0);
    const known = this.verifyTotals && total !== undefined;
    return Promise.resolve(known ? Math.max(0, total - distinct) : undefined);
  }

  get weight(): number {
    return this.#seen.weight;
  }

  state(): GroupListingState {
    return { walk: this.#walk, seen: this.#seen.state(), held: this.#held };
  }

  #note(row: Json): boolean {
    const group = toFoundGroup(row);
    const isNew = this.#seen.mark(textAt(row, 'id') ?? '', 1) === 0;
    if (isNew) this.#held.push(group);
    return isNew;
  }
}
