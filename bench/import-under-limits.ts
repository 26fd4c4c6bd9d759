import { callsIn, readCallCounts } from './call-metrics.js';
import type { Line } from './line-chart.js';
import { type ServiceProcess, withService } from './service-process.js';
import { type SimulatorProcess, tokenOf } from './simulator-process.js';
import { streamUsers } from './streamed-import.js';

/** The account of the imports. */
export const account = { users: 2000, pending: 300, phoneUsers: 300 } as const;

/** Zoom's rates for the plan `business`, in calls a second. */
export const rates = {
  'REST, light': 80,
  'REST, medium': 60,
  'Zoom Phone, light': 40,
  'Zoom Phone, medium': 20,
} as const;

type Lane = keyof typeof rates;

const lanes = Object.keys(rates) as readonly Lane[];

/** A deep import of the whole account. */
export interface LimitedImport {
  /** True if answers carry the headers of the rate limits. */
  readonly headers: boolean;
  readonly nth: number;
  readonly seconds: number;
  readonly calls: Readonly<Record<Lane, number>>;
  /** The seconds that the calls need at the published rates: the lanes run side by side. */
  readonly neededSeconds: number;
  /** The part of the rate of light REST calls that the middle eight tenths of the rows used. */
  readonly usedRate: number;
  readonly refused: number;
  /** Rows over seconds. */
  readonly rows: Line['points'];
}

/** Imports the account under the limits of `business`, the same process twice. */
export async function measureImports(headers: boolean): Promise<readonly LimitedImport[]> {
  const simulated = {
    users: account.users,
    phoneUsers: account.phoneUsers,
    groups: 5,
    plan: 'business',
    maxUserPageSize: 2000,
    rateLimitHeaders: headers,
    latencyMs: { min: 50, max: 150 },
  } as const;
  const settings = { results: {}, heapMiB: 256, plan: 'business' } as const;
  return withService(simulated, settings, async (service, simulator) => {
    await invite(simulator);
    return [await importOnce(service, { headers, nth: 1 }), await importOnce(service, { headers, nth: 2 })];
  });
}

/** Makes users pending, the last ones first, until there are as many as the account is to have. */
async function invite(simulator: SimulatorProcess): Promise<void> {
  const headers = { Authorization: `Bearer ${await tokenOf(simulator)}`, 'Content-Type': 'application/json' };
  const list = async (status: string) => {
    const answer = await fetch(`${simulator.url}/v2/users?status=${status}&page_size=2000`, { headers });
    return ((await answer.json()) as { users: readonly { id: string }[] }).users;
  };
  const missing = account.pending - (await list('pending')).length;
  for (const { id } of (await list('active')).slice(-missing)) {
    const body = JSON.stringify({ status: 'pending' });
    const answer = await fetch(`${simulator.url}/simulator/users/${id}/status`, {
      method: 'PUT',
      headers,
      body,
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}

async function importOnce(
  service: ServiceProcess,
  { headers, nth }: Pick<LimitedImport, 'headers' | 'nth'>,
): Promise<LimitedImport> {
  const before = await readCallCounts(service);
  const start = performance.now();
  const given: [number, number][] = [[0, 0]];
  const onRow = (row: number): void => void given.push([(performance.now() - start) / 1000, row]);
  const { rows, seconds } = await streamUsers(service, { onRow });
  if (rows !== account.users) throw new Error(`${rows} of ${account.users} rows`);
  const after = await readCallCounts(service);
  const grown = (kind: Parameters<typeof callsIn>[1]) => callsIn(after, kind) - callsIn(before, kind);
  const calls = Object.fromEntries(
    lanes.map((lane) => {
      const [family, label = ''] = lane.split(', ');
      const endpoints = new Set(after.map(({ endpoint }) => endpoint));
      const ofFamily = [...endpoints].filter((name) => name.includes('Phone') === (family === 'Zoom Phone'));
      return [lane, ofFamily.reduce((sum, endpoint) => sum + grown({ endpoint, label }), 0)];
    }),
  ) as Record<Lane, number>;
  const timeOf = (part: number) => given[Math.round(part * rows)]?.[0] ?? NaN;
  return {
    headers,
    nth,
    seconds,
    calls,
    neededSeconds: Math.max(...lanes.map((lane) => calls[lane] / rates[lane])),
    usedRate: (0.8 * rows) / (timeOf(0.9) - timeOf(0.1)) / rates['REST, light'],
    refused: grown({ status: '429' }),
    rows: given,
  };
}
