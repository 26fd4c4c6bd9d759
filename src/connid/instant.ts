const dateTime = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since 1970 of an ISO 8601 date (midnight UTC) or date with time and zone; `undefined` for any other text. */
export function instantOf(text: string): number | undefined {
  const date = dateTime.exec(text)?.[1];
  if (date === undefined || !isDate(date)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** `Date.parse` takes the 31st of June for the first of July. */
function isDate(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
