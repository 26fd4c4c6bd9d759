import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Metrics } from '../connector/ports.js';

const callBuckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const waitBuckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

/** The label of one of several connectors. The series of a single one have no such label. */
export function ofConnector(connector: string | undefined): { connector?: string } {
  return connector === undefined || connector === '' ? {} : { connector };
}

type Labels = Readonly<Record<string, string>>;

/** Sets values of a gauge, and removes those of a connector. */
class ConnectorGauge {
  readonly #series = new Map<string, Labels>();

  constructor(private readonly gauge: Gauge) {}

  set(labels: Labels, value: number): void {
    this.#series.set(JSON.stringify(labels), labels);
    this.gauge.set(labels, value);
  }

  forget(connector: string): void {
    for (const [key, labels] of this.#series) {
      if (labels['connector'] !== connector) continue;
      this.#series.delete(key);
      this.gauge.remove(labels);
    }
  }
}

/** The metrics of all connectors. */
function seriesIn(registry: Registry) {
  const registers = [registry];
  const calls = new Histogram({
    name: 'zoom_connector_zoom_call_duration_seconds',
    help: 'Requests to Zoom, by endpoint, rate limit label and status.',
    labelNames: ['connector', 'endpoint', 'label', 'status'],
    buckets: callBuckets,
    registers,
  });
  const waits = new Histogram({
    name: 'zoom_connector_rate_limit_wait_seconds',
    help: 'Time calls waited for their rate limit.',
    labelNames: ['connector', 'label'],
    buckets: waitBuckets,
    registers,
  });
  const tokens = new Counter({
    name: 'zoom_connector_tokens_fetched_total',
    help: 'Access tokens requested.',
    labelNames: ['connector', 'outcome'],
    registers,
  });
  const queue = new ConnectorGauge(
    new Gauge({
      name: 'zoom_connector_rate_limit_queue_length',
      help: 'Calls that wait for their rate limit.',
      labelNames: ['connector', 'label'],
      registers,
    }),
  );
  const listed = new ConnectorGauge(
    new Gauge({
      name: 'zoom_connector_listed_users',
      help: "Users by status when Zoom's list of them was last read to its end. Absent until then.",
      labelNames: ['connector', 'status'],
      registers,
    }),
  );
  return { calls, days: dayGauge(registry), listed, queue, tokens, waits };
}

/** The counters of connectors. */
interface TargetMetrics {
  /** @param connector - its name; that of a single one is empty, or absent. */
  readonly forConnector: (connector?: string) => Metrics;
  /** Removes the gauges of a connector. */
  readonly forgetConnector: (connector: string) => void;
}

/** Makes the counters of connectors, which all have the same metrics. */
export function targetMetrics(registry: Registry): TargetMetrics {
  const { calls, days, listed, queue, tokens, waits } = seriesIn(registry);
  const forConnector = (name?: string): Metrics => {
    const own = ofConnector(name);
    return {
      dayRemaining: (pool, remaining) => days.add(pool, remaining, own),
      targetCall: ({ endpoint, label, status, durationMs }) =>
        calls.observe({ ...own, endpoint, label, status }, durationMs / 1000),
      waited: (label, durationMs) => waits.observe({ ...own, label }, durationMs / 1000),
      tokenFetched: (outcome) => tokens.inc({ ...own, outcome }),
      queueLength: (label, waiting) => queue.set({ ...own, label }, waiting),
      listed: (status, users) => listed.set({ ...own, status }, users),
    };
  };
  const forgetConnector = (name: string): void => {
    for (const gauge of [queue, listed, days]) gauge.forget(name);
  };
  return { forConnector, forgetConnector };
}

/** The gauge of what allowances of the day have left. */
function dayGauge(registry: Registry): {
  add(pool: string, remaining: () => number | undefined, own: Labels): void;
  forget(connector: string): void;
} {
  const pools = new Map<string, readonly [labels: Labels, remaining: () => number | undefined]>();
  new Gauge({
    name: 'zoom_connector_rate_limit_day_remaining',
    help: 'Calls that an allowance of the UTC day still has; heavy and resource-intensive ones share theirs.',
    labelNames: ['connector', 'pool'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, remaining] of pools.values()) {
        const left = remaining();
        if (left !== undefined) this.set(labels, left);
      }
    },
  });
  return {
    add: (pool, remaining, own) => void pools.set(JSON.stringify([own, pool]), [{ ...own, pool }, remaining]),
    forget: (connector) => {
      for (const [key, [labels]] of pools) if (labels['connector'] === connector) pools.delete(key);
    },
  };
}
