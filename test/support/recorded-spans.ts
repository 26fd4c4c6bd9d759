import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { Tracer } from '../../src/connector/tracing.js';
import { createTracer } from '../../src/telemetry/create-tracer.js';

/** Spans that an SDK of OpenTelemetry has recorded. */
export interface RecordedSpans {
  tracer(): Tracer;
  /** The spans that have ended, in the order of their ends. */
  all(): readonly ReadableSpan[];
  /** Forgets the spans so far. */
  clear(): void;
  /**
   * A line for each span, those within another indented: name, then kind, status code of HTTP, failure and state if they
   * say more than the name. Spans of one parent stand in the order in which they ended.
   */
  tree(): readonly string[];
}

/** Registers an SDK for the tests of a file, with everything that an operator's would have except an exporter. */
export function recordSpans(): RecordedSpans {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  beforeAll(() => {
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  });
  afterEach(() => exporter.reset());
  afterAll(async () => {
    trace.disable();
    context.disable();
    propagation.disable();
    await provider.shutdown();
  });
  return {
    tracer: () => createTracer('0.0.0-test', () => undefined),
    all: () => exporter.getFinishedSpans(),
    clear: () => exporter.reset(),
    tree: () => treeOf(exporter.getFinishedSpans()),
  };
}

function treeOf(spans: readonly ReadableSpan[]): readonly string[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const isRoot = ({ parentSpanContext }: ReadableSpan): boolean =>
    !known.has(parentSpanContext?.spanId ?? '');
  const below = (id: string, depth: number): string[] =>
    spans
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === id)
      .flatMap((span) => lines(span, depth));
  const lines = (span: ReadableSpan, depth: number): string[] => [
    '  '.repeat(depth) + lineOf(span),
    ...below(span.spanContext().spanId, depth + 1),
  ];
  return spans.filter(isRoot).flatMap((span) => lines(span, 0));
}

function lineOf({ attributes, kind, name, status }: ReadableSpan): string {
  const shownKind = kind === SpanKind.INTERNAL ? undefined : SpanKind[kind].toLowerCase();
  const state = status.code === SpanStatusCode.ERROR ? 'ERROR' : undefined;
  const facts = [attributes['http.response.status_code'], attributes['error.type'], state];
  return [name, shownKind, ...facts].filter((part) => part !== undefined).join(' ');
}
