import type { Family } from '../core/labels.js';

/** One call that reached the simulator. */
export interface LoggedRequest {
  readonly number: number;
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** Pattern of the route, with the prefix of its API; undefined for an unknown path. */
  readonly pattern: string | undefined;
  readonly family: Family | 'oauth' | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** The header with the caller's trace. */
  readonly traceparent: string | undefined;
  body: unknown;
  /** Status of the answer. 0 before the answer, and after a dropped connection. */
  status: number;
  /** Time of arrival, milliseconds. */
  readonly at: number;
  /** Calls in progress when this one arrived, including this one. */
  readonly concurrent: number;
  /** Id of the fault that changed the call. */
  fault?: string;
}

/** The log of calls: the latest calls in full, and the counts of all. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #counts = new Map<string, number>();
  #inProgress = 0;
  #peak = 0;
  #total = 0;

  /** The logged calls, oldest first. */
  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Number of calls since the log was last cleared, including calls no longer in the log. */
  get total(): number {
    return this.#total;
  }

  /** The largest number of calls in progress at once. */
  get peak(): number {
    return this.#peak;
  }

  /** Number of calls by method and pattern, for example `GET /v2/users`. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  begin(
    request: Omit<LoggedRequest, 'number' | 'status' | 'concurrent' | 'body'>,
    capacity: number,
  ): LoggedRequest {
    this.#inProgress += 1;
    this.#total += 1;
    this.#peak = Math.max(this.#peak, this.#inProgress);
    const key = `${request.method} ${request.pattern ?? request.path}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    const entry = {
      ...request,
      number: this.#total,
      body: undefined,
      status: 0,
      concurrent: this.#inProgress,
    };
    this.#keep(entry, capacity);
    return entry;
  }

  end(): void {
    this.#inProgress -= 1;
  }

  clear(): void {
    this.#entries = [];
    this.#counts = new Map();
    this.#total = 0;
    this.#peak = this.#inProgress;
  }

  #keep(entry: LoggedRequest, capacity: number): void {
    if (capacity === 0) return;
    this.#entries.push(entry);
    // Removing a tenth at a time keeps the average cost of a call constant.
    if (this.#entries.length > capacity) this.#entries.splice(0, Math.ceil(capacity / 10));
  }
}
