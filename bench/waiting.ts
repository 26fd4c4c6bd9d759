/**
 * Measures how long imports wait for Zoom: deep imports while some answers are late or lost, and imports of the list
 * beside a bare walk of Zoom's pages. All ratios are those of one run. Writes docs/benchmarks/waiting.md and its plot.
 * Usage: npm run bench:waiting -- [repetitions]
 */
import { cpus } from 'node:os';
import { keepAliveClient } from './keep-alive-client.js';
import { lineChart, type Line } from './line-chart.js';
import { type ServiceProcess, withService } from './service-process.js';
import { type SimulatorProcess, tokenOf } from './simulator-process.js';
import { streamUsers } from './streamed-import.js';
import { writeReport } from './write-report.js';

const repetitions = Number(process.argv[2] ?? 5);
const heapMiB = 128;
const list = { attributesToGet: ['FIRST_NAME', 'LAST_NAME', 'DEPT', 'STATUS'] };
const line = (text: string): void => void process.stdout.write(`${text}\n`);

interface Import {
  readonly seconds: number;
  readonly calls: number;
  /** Rows given, over the seconds since the request. */
  readonly rows: Line['points'];
}

const settings = { results: {}, heapMiB };
const base = { groups: 5, plan: 'none', requestLogSize: 10 } as const;

/** A streamed import, which must be complete. */
async function importOf(
  service: ServiceProcess,
  simulator: SimulatorProcess,
  options: object,
): Promise<Import> {
  await fetch(`${simulator.url}/simulator/requests`, { method: 'DELETE' });
  const start = performance.now();
  const rows: [number, number][] = [[0, 0]];
  const onRow = (row: number): void => void rows.push([(performance.now() - start) / 1000, row]);
  const { seconds } = await streamUsers(service, { options, onRow });
  return { seconds, rows, calls: await callsOf(simulator) };
}

/** The calls to Zoom's API since the log was emptied, tokens excepted. */
async function callsOf({ url }: SimulatorProcess): Promise<number> {
  const answer = await fetch(`${url}/simulator/requests`);
  const { counts } = (await answer.json()) as { counts: Readonly<Record<string, number>> };
  return Object.entries(counts)
    .filter(([pattern]) => !pattern.includes('/oauth/'))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Walks the three lists of users page by page, and believes Zoom's tokens. */
async function bareWalk({ url }: SimulatorProcess, token: string, pageSize: number): Promise<number> {
  const client = keepAliveClient(url, { Authorization: `Bearer ${token}` });
  const start = performance.now();
  for (const status of ['pending', 'inactive', 'active']) {
    for (let next: string | undefined = ''; next !== undefined;) {
      const query: string = new URLSearchParams({
        status,
        page_size: `${pageSize}`,
        next_page_token: next,
      }).toString();
      const page = JSON.parse(await client.get(`/v2/users?${query}`)) as { next_page_token?: string };
      next = page.next_page_token === '' ? undefined : page.next_page_token;
    }
  }
  client.close();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

/** A condition of single reads: what happens to 2 % of them. */
const conditions = [
  { name: 'none', action: undefined, limit: undefined },
  { name: '2 % one second late', action: { kind: 'delay', ms: 1000 }, limit: 1.8 },
  { name: '2 % of the connections dropped', action: { kind: 'drop', when: 'before' }, limit: 1.3 },
] as const;

/** Lets a fault strike 2 % of the reads of single users, or none. */
async function setFault({ url }: SimulatorProcess, action: object | undefined): Promise<void> {
  await fetch(`${url}/simulator/faults`, { method: 'DELETE' });
  if (action === undefined) return;
  const match = { method: 'GET', path: '/users/{userId}', probability: 0.02 };
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ match, action });
  const added = await fetch(`${url}/simulator/faults`, { method: 'POST', headers, body });
  if (!added.ok) throw new Error(await added.text());
}

interface Slowed {
  readonly name: string;
  readonly limit: number | undefined;
  readonly runs: readonly Import[];
}

/** Deep imports of 1,000 users at 50 ms, the conditions in turns. */
function slowedImports(): Promise<readonly Slowed[]> {
  const account = { ...base, users: 1000, phoneUsers: 300, latencyMs: 50 };
  return withService(account, settings, async (service, simulator) => {
    await importOf(service, simulator, {});
    const slowed = conditions.map((condition) => ({ ...condition, runs: [] as Import[] }));
    for (let turn = 0; turn < repetitions; turn += 1) {
      for (const { action, runs } of slowed) {
        await setFault(simulator, action);
        runs.push(await importOf(service, simulator, {}));
      }
    }
    return slowed;
  });
}

interface Listed {
  readonly name: string;
  readonly latencyMs: number;
  readonly pageSize: number;
  readonly first: Import;
  readonly later: readonly Import[];
  readonly bare: readonly number[];
}

/** Accounts by the largest page that they grant. */
const grants = [
  { name: '2,000 granted', pageSize: 2000, options: { maxUserPageSize: 2000 } },
  { name: '300 given', pageSize: 300, options: { maxUserPageSize: 300, pageSizeOverMaximum: 'clamp' } },
  { name: '2,000 refused', pageSize: 300, options: { maxUserPageSize: 300, pageSizeOverMaximum: 'refuse' } },
] as const;

/** Imports of the list of 10,000 users, 300 of them pending, beside bare walks in turns. */
function listedImports(
  { name, options, pageSize }: (typeof grants)[number],
  latencyMs: number,
): Promise<Listed> {
  const account = { ...base, users: 10_000, phoneUsers: 0, latencyMs, ...options };
  return withService(account, settings, async (service, simulator) => {
    const token = await tokenOf(simulator);
    const first = await importOf(service, simulator, list);
    const later: Import[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < repetitions; turn += 1) {
      later.push(await importOf(service, simulator, list));
      bare.push(await bareWalk(simulator, token, pageSize));
    }
    return { name, latencyMs, pageSize, first, later, bare };
  });
}

const secondsOf = (runs: readonly Import[]) => median(runs.map(({ seconds }) => seconds));

function slowedTable(slowed: readonly Slowed[]): string {
  const usual = secondsOf(slowed[0]?.runs ?? []);
  const rows = slowed.map(({ limit, name, runs }) => {
    const ratios = runs.map(({ seconds }, turn) => seconds / (slowed[0]?.runs[turn]?.seconds ?? NaN));
    const cells = [name, secondsOf(runs).toFixed(2), (secondsOf(runs) / usual).toFixed(2)];
    return `| ${[...cells, `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`, limit ?? ''].join(' | ')} |`;
  });
  return ['| faults | seconds | ratio | of single runs | at most |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

function listedTable(listed: readonly Listed[]): string {
  const rows = listed.map(({ bare, first, latencyMs, later, name }) => {
    const calls = [first.calls, later[0]?.calls ?? NaN];
    const seconds = [first.seconds, secondsOf(later), median(bare)];
    const ratio = secondsOf(later) / median(bare);
    const cells = [
      name,
      `${latencyMs} ms`,
      ...calls,
      ...seconds.map((value) => value.toFixed(2)),
      ratio.toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| page | delay | calls, first import | calls, later ones | seconds, first | seconds, later | seconds of the bare walk | ratio |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const slowed = await slowedImports();
line(slowedTable(slowed));
const listed: Listed[] = [];
for (const latencyMs of [0, 50]) {
  for (const grant of grants) {
    listed.push(await listedImports(grant, latencyMs));
    line(listedTable(listed.slice(-1)));
  }
}
await writeReport(
  'waiting.svg',
  lineChart(
    slowed.map(({ name, runs }) => ({ name, points: runs.at(-1)?.rows ?? [] })),
    {
      title: 'Rows of a deep import of 1,000 users, while some answers are late or lost',
      x: 'seconds',
      y: 'rows',
    },
  ),
);
await writeReport(
  'waiting.md',
  `# Waiting for Zoom

Written by \`npm run bench:waiting\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Service and simulator
are separate processes, without rate limits. The numbers are medians of ${repetitions} runs, made in turns.

## Late and lost answers

Deep import of 1,000 users, 300 of them with a phone; each answer of Zoom takes 50 ms. The faults concern reads of single users.

${slowedTable(slowed)}

![rows](waiting.svg)

With 28 calls at once, in any order, one second for 2 % of 1,000 answers costs a factor of 1.75 to 1.86 at the least.

## Imports of the list

10,000 users, 300 of them pending, attributes of the list. The bare walk asks for one page after the other, of the size that
Zoom grants, parses it and does nothing else: it trusts Zoom's page tokens, and its pending users have no uids.

${listedTable(listed)}

The first import reads each pending user once, and finds out the size of the pages. Without a delay the time is that of the
processor: the service reads, checks and writes 10,000 objects.
`,
);
