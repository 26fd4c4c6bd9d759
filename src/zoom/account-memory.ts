import { PageSizes } from './kit/page-size.js';
import { PendingIds } from './user/pending-ids.js';

/** What the connectors of one account have learnt about it. It lasts as long as the process. */
export interface AccountMemory {
  readonly pageSizes: PageSizes;
  readonly pendingIds: PendingIds;
}

/** @param now - milliseconds. */
export function createAccountMemory(now: () => number): AccountMemory {
  return { pageSizes: new PageSizes(), pendingIds: new PendingIds(now) };
}
