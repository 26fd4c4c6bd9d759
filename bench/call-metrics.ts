import type { ServiceProcess } from './service-process.js';

/** Calls to Zoom of one kind, as the service counts them when they end. */
interface CallCount {
  readonly endpoint: string;
  /** Label of the rate limit. */
  readonly label: string;
  /** HTTP status, or `error`. */
  readonly status: string;
  readonly calls: number;
}

const series = /^zoom_connector_zoom_call_duration_seconds_count\{(.*)\} (\S+)$/gm;

/** All calls to Zoom since the service started, from its metrics. */
export async function readCallCounts({ url }: Pick<ServiceProcess, 'url'>): Promise<readonly CallCount[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(series)].map(([, labels = '', calls]) => {
    const labelled = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    const [endpoint, label, status] = [labelled('endpoint'), labelled('label'), labelled('status')];
    return { endpoint, label, status, calls: Number(calls) };
  });
}

/** The number of calls, of all or of some kinds. */
export function callsIn(counts: readonly CallCount[], kind: Partial<Omit<CallCount, 'calls'>> = {}): number {
  return counts
    .filter((count) =>
      Object.entries(kind).every(([name, value]) => count[name as keyof CallCount] === value),
    )
    .reduce((sum, { calls }) => sum + calls, 0);
}
