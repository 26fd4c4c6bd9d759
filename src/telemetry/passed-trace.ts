import type { Span, Tracer } from '../connector/tracing.js';
import { readTraceParent, type TraceParent, writeTraceParent } from './traceparent.js';

const ended = (): void => undefined;

/** Stands for the caller's span in all parts of an operation: nothing records spans of our own. */
class CallersSpan implements Span {
  readonly traceparent: string;

  constructor(readonly ids: TraceParent) {
    this.traceparent = writeTraceParent(ids);
  }

  start(): Span {
    return this;
  }

  waiting(): typeof ended {
    return ended;
  }

  end(): void {
    // The caller ends its span.
  }
}

/**
 * Records no span. It takes the trace of a request to the log and passes it on unchanged, as W3C's Trace Context demands
 * of those who only forward. Requests without a trace cost the look at one header.
 */
export const passingTracer: Tracer = {
  received: ({ traceparent }) => {
    const parent = readTraceParent(traceparent);
    return parent === undefined ? undefined : new CallersSpan(parent);
  },
};
