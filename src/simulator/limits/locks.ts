import { zoomError } from '../http/reply.js';

type LockHolder = 'create' | 'delete';

/**
 * Zoom runs only one DELETE of a user at a time. It refuses calls on a user while it is creating that user.
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

  /** Refuses a call while another call holds the lock. Only a creation excludes reads and updates. */
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
