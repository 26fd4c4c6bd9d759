import type { SpanIds } from '../connector/tracing.js';

/** The place of a span in a trace: W3C's `traceparent`. */
export interface TraceParent extends SpanIds {
  /** Two hexadecimal digits. The lowest bit says that the trace is recorded. */
  readonly flags: string;
}

/** Version, trace id, id of the caller's span, flags. Later versions may append more. */
const form = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads the header `traceparent`, see https://www.w3.org/TR/trace-context/#traceparent-header.
 * @returns `undefined` if it is absent or has another form. The caller's trace then ends here, and no request fails.
 */
export function readTraceParent(header: unknown): TraceParent | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = form.exec(header) ?? [];
  if (version === undefined || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId, flags };
}

/** Writes the header, in the version that everybody reads. */
export function writeTraceParent({ flags, spanId, traceId }: TraceParent): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
