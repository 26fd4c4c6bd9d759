const dateTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since 1970 of an ISO 8601 date (midnight UTC) or date with time and zone; `undefined` for any other text. */
export function instantOf(text: string): number | undefined {
  const time = dateTime.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
