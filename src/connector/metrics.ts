/** One request to the target, as metrics see it. */
export interface CallMetric {
  /** Id of the endpoint; never a URL. */
  readonly endpoint: string;
  /** The target's rate limit label. */
  readonly label: string;
  /** HTTP status of the answer, 0 when there was none. */
  readonly status: number;
  /** Milliseconds from sending to the answer. */
  readonly ms: number;
}

/** Where the connector reports what it did; the server turns it into metrics. */
export interface Metrics {
  zoomCall(call: CallMetric): void;
  /** Milliseconds one call waited for the limits of its label. */
  waited(label: string, ms: number): void;
  tokenFetched(): void;
}

/** Metrics nobody looks at. */
export const noMetrics: Metrics = {
  zoomCall: () => undefined,
  waited: () => undefined,
  tokenFetched: () => undefined,
};
