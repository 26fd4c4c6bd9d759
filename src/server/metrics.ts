import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Metrics } from '../connector/ports.js';
import type { RedisStatus } from '../connector/redis/shared-state.js';
import { ofConnector, targetMetrics } from './target-metrics.js';

/** In seconds: from an answer out of memory to the longest operation that the default settings allow. */
const operationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** An operation that has ended. */
interface FinishedOperation {
  /** The name of the connector, if the service has several. */
  readonly connector?: string;
  readonly operation: string;
  /** Empty if the operation has no object class. */
  readonly objectClass: string;
  readonly dryRun: boolean;
  readonly outcome: string;
  readonly durationMs: number;
}

/** The metrics of the service: the counters of the server and the connector, and their publication as text. */
export interface ServerMetrics extends Metrics {
  requestStarted(): void;
  requestEnded(): void;
  operationEnded(operation: FinishedOperation): void;
  /** The counters of one of several connectors: their series have its name as a label. */
  forConnector(name: string): Metrics;
  /** Removes the gauges of a connector that is gone: their last values would look like present ones. */
  forgetConnector(name: string): void;
  /** Lets the metrics read the state of Redis; `undefined` when there is none. */
  watchRedis(state: () => RedisStatus['redis'] | undefined): void;
  /** Called when a configuration takes effect: at the start, and after a reload. */
  configInEffect(): void;
  /** Called when the configuration has changed: it is in effect, or it was refused and the old one stays. */
  reloaded(outcome: 'ok' | 'refused'): void;
  /** Media type of {@link ServerMetrics.text}. */
  readonly mediaType: string;
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
}

/**
 * Makes the metrics of a service.
 * @param options - `processMetrics` adds memory, event loop and garbage collection. Only one service of a process may
 * set it.
 */
export function createMetrics(options: { readonly processMetrics?: boolean } = {}): ServerMetrics {
  const registry = new Registry();
  const { forConnector, forgetConnector } = targetMetrics(registry);
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry });
  return {
    ...serverSide(registry),
    ...configSide(registry),
    ...forConnector(),
    forConnector,
    forgetConnector,
    watchRedis: redisGauge(registry),
    mediaType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function serverSide(
  registry: Registry,
): Pick<ServerMetrics, 'requestStarted' | 'requestEnded' | 'operationEnded'> {
  const registers = [registry];
  const open = new Gauge({
    name: 'zoom_connector_open_requests',
    help: 'Requests that are being served.',
    registers,
  });
  const duration = new Histogram({
    name: 'zoom_connector_operation_duration_seconds',
    help: 'Duration of operations, by object class and outcome (ok, exception, or failure of the HTTP layer).',
    labelNames: ['connector', 'operation', 'object_class', 'dry_run', 'outcome'],
    buckets: operationBuckets,
    registers,
  });
  return {
    requestStarted: () => open.inc(),
    requestEnded: () => open.dec(),
    operationEnded: ({ connector, operation, objectClass, dryRun, outcome, durationMs }) =>
      duration.observe(
        {
          ...ofConnector(connector),
          ...{ operation, object_class: objectClass, dry_run: String(dryRun), outcome },
        },
        durationMs / 1000,
      ),
  };
}

function redisGauge(registry: Registry): ServerMetrics['watchRedis'] {
  let watched: Parameters<ServerMetrics['watchRedis']>[0] = () => undefined;
  new Gauge({
    name: 'zoom_connector_redis_up',
    help: 'Whether Redis answers (1) or is away (0). Absent when replicas share nothing.',
    registers: [registry],
    collect() {
      this.reset();
      const redis = watched();
      if (redis === undefined) this.remove();
      else this.set(redis === 'up' ? 1 : 0);
    },
  });
  return (state) => {
    watched = state;
  };
}

function configSide(registry: Registry): Pick<ServerMetrics, 'configInEffect' | 'reloaded'> {
  const registers = [registry];
  const successful = new Gauge({
    name: 'zoom_connector_config_last_reload_successful',
    help: '1 if the last change of the configuration took effect, 0 if it was refused and the old one is in effect.',
    registers,
  });
  const since = new Gauge({
    name: 'zoom_connector_config_last_reload_success_timestamp_seconds',
    help: 'Time at which the present configuration took effect, in seconds since 1970.',
    registers,
  });
  const reloads = new Counter({
    name: 'zoom_connector_config_reloads_total',
    help: 'Changes of the configuration, by outcome (ok, refused).',
    labelNames: ['outcome'],
    registers,
  });
  // Both are there before the first change, so that an increase shows.
  for (const outcome of ['ok', 'refused']) reloads.inc({ outcome }, 0);
  const configInEffect = (): void => {
    successful.set(1);
    since.setToCurrentTime();
  };
  return {
    configInEffect,
    reloaded: (outcome) => {
      reloads.inc({ outcome });
      if (outcome === 'ok') configInEffect();
      else successful.set(0);
    },
  };
}
