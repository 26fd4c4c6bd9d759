import {
  type Context,
  context,
  isSpanContextValid,
  type Span as RecordedSpan,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer as Recorder,
} from '@opentelemetry/api';
import type {
  Span,
  SpanEnd,
  SpanFacts,
  SpanIds,
  SpanStart,
  Tracer,
  WaitReason,
} from '../connector/tracing.js';
import { passingTracer } from './passed-trace.js';
import { writeTraceParent } from './traceparent.js';

/** The name of our spans' origin, and the version of the service. */
const origin = 'zoom-identity-connector';

/** The place where all versions of the API keep what an SDK has registered. */
const api = Symbol.for('opentelemetry.js.api.1');

const unusable = 'no spans are recorded: the OpenTelemetry SDK uses an @opentelemetry/api older than 1.9';

/**
 * Makes the tracer of the service. If an OpenTelemetry SDK is registered, it records spans there, and the SDK's
 * propagators read the traces of callers. Otherwise traces are only passed on.
 * Must be called after the SDK has been registered.
 * @param warn - receives a warning if an SDK is registered in vain: the API uses none of an older version than its own.
 */
export function createTracer(version: string, warn: (message: string) => void): Tracer {
  const recorder = trace.getTracer(origin, version);
  if (!isRecorder(recorder)) {
    const shared = globalThis as { readonly [api]?: { readonly trace?: unknown } };
    if (shared[api]?.trace !== undefined) warn(unusable);
    return passingTracer;
  }
  return {
    received: (headers) => {
      const active = context.active();
      // A span that is active was started for this request by an instrumentation of HTTP, which has read the headers.
      const isLocal = trace.getSpan(active) !== undefined;
      const place = isLocal ? active : propagation.extract(active, headers);
      return new TracedSpan(recorder, place, isLocal ? SpanKind.INTERNAL : SpanKind.SERVER);
    },
  };
}

/** Without an SDK the API's own tracer has no ids to give. The span that tries it never ends, so nobody exports it. */
function isRecorder(recorder: Recorder): boolean {
  return isSpanContextValid(recorder.startSpan('start', { root: true }).spanContext());
}

/** A span of OpenTelemetry, or the place in a trace where the first one of an operation starts. */
class TracedSpan implements Span {
  readonly #place: Context;
  readonly #recorder: Recorder;
  /** Kind of the spans for operations. */
  readonly #serverKind: SpanKind;
  readonly #own: RecordedSpan | undefined;

  constructor(recorder: Recorder, place: Context, serverKind: SpanKind, own?: RecordedSpan) {
    this.#recorder = recorder;
    this.#place = place;
    this.#serverKind = serverKind;
    this.#own = own;
  }

  get ids(): SpanIds | undefined {
    const found = trace.getSpanContext(this.#place);
    return found === undefined ? undefined : { traceId: found.traceId, spanId: found.spanId };
  }

  get traceparent(): string | undefined {
    const found = trace.getSpanContext(this.#place);
    if (found === undefined) return undefined;
    return writeTraceParent({ ...found, flags: found.traceFlags.toString(16).padStart(2, '0') });
  }

  start({ facts, kind, name }: SpanStart): Span {
    const ofKind = kind === 'server' ? this.#serverKind : SpanKind.CLIENT;
    const span = this.#recorder.startSpan(name, { kind: ofKind, attributes: facts }, this.#place);
    return new TracedSpan(this.#recorder, trace.setSpan(this.#place, span), this.#serverKind, span);
  }

  waiting(reason: WaitReason, facts: SpanFacts = {}): (failure?: string) => void {
    const since = performance.now();
    const startTime = Date.now();
    return (failure) => {
      if (performance.now() - since < 1) return;
      const attributes = { 'zoom_connector.wait.reason': reason, ...facts };
      const span = this.#recorder.startSpan(`wait for ${reason}`, { attributes, startTime }, this.#place);
      endSpan(span, { failure });
    };
  }

  end(end: SpanEnd = {}): void {
    if (this.#own !== undefined) endSpan(this.#own, end);
  }
}

function endSpan(span: RecordedSpan, { facts, failure, ordinary = false }: SpanEnd): void {
  if (facts !== undefined) span.setAttributes(facts);
  if (failure !== undefined) {
    span.setAttribute('error.type', failure);
    if (!ordinary) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
  }
  span.end();
}
