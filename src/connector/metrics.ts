/** One request to the target, retries counted one by one. */
interface ZoomCall {
  /** Id or path pattern of the endpoint; never a path with values in it. */
  readonly endpoint: string;
  /** Rate limit label of the endpoint. */
  readonly label: string;
  /** HTTP status, or `error` when there was no answer. */
  readonly status: number | 'error';
  readonly durationMs: number;
}

/** What the connector counts; a port, so that nobody here depends on how metrics are published. */
export interface Metrics {
  zoomCall(call: ZoomCall): void;
  /** A call waited for its rate limit. */
  waited(label: string, durationMs: number): void;
  /** An access token was asked for. */
  tokenFetched(outcome: 'ok' | 'failed'): void;
  /** So many calls wait for this rate limit now. */
  queueLength(label: string, waiting: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  zoomCall: () => undefined,
  waited: () => undefined,
  tokenFetched: () => undefined,
  queueLength: () => undefined,
};
