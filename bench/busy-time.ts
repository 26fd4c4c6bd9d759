import { subscribe } from 'node:diagnostics_channel';

/** The work of an HTTP server since the last measurement. */
export interface BusyTime {
  readonly calls: number;
  /** Milliseconds in which the server was processing at least one call. */
  readonly ms: number;
}

/** Watches the HTTP servers of this process, from the head of a request to the end of its answer. */
export function watchBusyTime(): { take(): BusyTime } {
  let busy = { calls: 0, ms: 0 };
  let open = 0;
  let since = 0;
  subscribe('http.server.request.start', () => {
    if (open === 0) since = performance.now();
    open += 1;
    busy.calls += 1;
  });
  subscribe('http.server.response.finish', () => {
    open -= 1;
    if (open === 0) busy.ms += performance.now() - since;
  });
  return {
    take: () => {
      const taken = busy;
      busy = { calls: 0, ms: 0 };
      return taken;
    },
  };
}
