import { randomUUID } from 'node:crypto';

/** Header that carries the id of a request, both ways. */
export const requestIdHeader = 'X-Request-Id';

/** Characters that are safe in a header, a log line and a shell; no `@`, so that nobody's address becomes an id. */
const acceptable = /^[A-Za-z0-9._~:+/=-]{1,128}$/;

/** The caller's id of a request if it is usable, else a new one. */
export function requestIdFrom(given: string | undefined): string {
  return given !== undefined && acceptable.test(given) ? given : randomUUID();
}
