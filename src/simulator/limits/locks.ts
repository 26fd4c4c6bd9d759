import { zoomError } from '../http/reply.js';

type LockHolder = 'create' | 'delete';

/**
 * Zoom lets only one DELETE of a user run at a time, and refuses calls on a user that is just being created.
 * Source: https://developers.zoom.us/docs/api/rate-limits/
 */
export class Locks {
  readonly #held = new Map<string, LockHolder>();

  /** Takes the lock and returns its release. */
  hold(key: string, holder: LockHolder): () => void {
    this.check(key, holder);
    this.#held.set(key, holder);
    return () => this.#held.delete(key);
  }

  /** Refuses a call that another one excludes; reads and updates are only excluded by a creation. */
  check(key: string, caller?: LockHolder): void {
    const holder = this.#held.get(key);
    if (holder === undefined || (holder === 'delete' && caller !== 'delete')) return;
    const action = holder === 'delete' ? 'disassociate' : 'create';
    throw zoomError(
      429,
      429,
      `Too many concurrent requests. A request to ${action} this user has already been made.`,
    );
  }
}
