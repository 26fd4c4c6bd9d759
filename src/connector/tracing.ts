/** Identifies a span as W3C's Trace Context does: in lower-case hexadecimal digits. */
export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** Facts about a span: names, codes and numbers that say nothing about a person. Members without a value are left out. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** The beginning of a span. */
export interface SpanStart {
  readonly name: string;
  /** `server` for an operation that a caller requests, `client` for a call to the target. */
  readonly kind: 'server' | 'client';
  readonly facts: SpanFacts;
}

/** The end of a span. */
export interface SpanEnd {
  readonly facts?: SpanFacts;
  /** The failure: the name of an exception, a status or a code. It quotes no message. */
  readonly failure?: string | undefined;
  /** True for a failure that is an ordinary answer, such as that of an unknown uid. The span is then no error. */
  readonly ordinary?: boolean;
}

/** The reasons for which an operation waits. */
export type WaitReason = 'rate limit' | 'lock' | 'back-off' | 'token';

/** A part of the work of an operation, as traces show it. Its methods never throw. */
export interface Span {
  /** Absent for the beginning of a trace, before its first span. */
  readonly ids: SpanIds | undefined;
  /** The header that passes the trace on with a call. */
  readonly traceparent: string | undefined;
  /** Starts a span within this one. */
  start(start: SpanStart): Span;
  /** Begins a wait within this span. A wait of less than a millisecond leaves no span. */
  waiting(reason: WaitReason, facts?: SpanFacts): (failure?: string) => void;
  end(end?: SpanEnd): void;
}

/** Header fields of a request, with names in lower case. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Makes the spans of operations. A port, so that the connector does not depend on how traces are exported. */
export interface Tracer {
  /**
   * The place of a request in the trace of its caller, in which the span of the operation starts.
   * @returns `undefined` if the request belongs to no trace and nothing records spans. Then tracing costs nothing.
   */
  received(headers: Headers): Span | undefined;
}

/** Traces nothing. */
export const noTracer: Tracer = { received: () => undefined };
