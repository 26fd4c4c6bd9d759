/**
 * Measures memory and time of the service during a streamed import of accounts of two sizes, and the cost of paging by
 * offset. The simulator runs in another process. Writes docs/benchmarks/import.md and its plots.
 * Usage: npm run bench:import -- [users of the large account]
 */
import { cpus } from 'node:os';
import { callsIn, readCallCounts } from './call-metrics.js';
import { type Line, lineChart } from './line-chart.js';
import { largeAccount, memoryOf, processorSecondsOf, withService } from './service-process.js';
import { streamUsers } from './streamed-import.js';
import { writeReport } from './write-report.js';

/** Limit of the service's heap in all runs. */
const heapMiB = 128;
const large = Number(process.argv[2] ?? 1_000_000);
const sizes = [Math.min(10_000, large), large];
const listResults = { deepImport: false, deepGet: false };
const line = (text: string): void => void process.stdout.write(`${text}\n`);

interface Import {
  readonly users: number;
  readonly seconds: number;
  readonly peakMiB: number;
  readonly calls: number;
  readonly simulatorSeconds: number;
  readonly serviceSeconds: number;
  /** Resident memory, over the progress of the import in percent. */
  readonly memory: Line['points'];
}

const settings = { results: listResults, heapMiB };

function importOf(users: number): Promise<Import> {
  return withService(largeAccount(users), settings, async (service, { pid: simulatorPid }) => {
    const before = { simulator: processorSecondsOf(simulatorPid), service: processorSecondsOf(service.pid) };
    const memory: [number, number][] = [];
    let given = 0;
    const sampler = setInterval(() => memory.push([(100 * given) / users, memoryOf(service.pid).now]), 50);
    const { rows, seconds } = await streamUsers(service, { onRow: (row) => void (given = row) });
    clearInterval(sampler);
    memory.push([100, memoryOf(service.pid).now]);
    if (rows !== users) throw new Error(`${rows} of ${users} rows`);
    return {
      users,
      seconds,
      memory,
      peakMiB: memoryOf(service.pid).peak,
      simulatorSeconds: processorSecondsOf(simulatorPid) - before.simulator,
      serviceSeconds: processorSecondsOf(service.pid) - before.service,
      calls: callsIn(await readCallCounts(service)),
    };
  });
}

/** Reads all pages by offset. @returns the calls up to the end of each page, and the seconds in all */
function walkOf(
  users: number,
  pageSize: number,
): Promise<{ calls: Line['points']; seconds: number; total: number }> {
  return withService(largeAccount(users), settings, async (service) => {
    const calls: [number, number][] = [[0, 0]];
    const start = performance.now();
    for (let given = 0, page = 1; given < users; page += 1) {
      const options = { pageSize, pagedResultsOffset: given + 1 };
      const answer = await fetch(`${service.url}/v1/search`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ objectClass: 'ZoomUser', options }),
      });
      given += ((await answer.json()) as { results: unknown[] }).results.length;
      calls.push([page, callsIn(await readCallCounts(service))]);
    }
    return { calls, seconds: (performance.now() - start) / 1000, total: calls.at(-1)?.[1] ?? 0 };
  });
}

function importTable(runs: readonly Import[]): string {
  const row = (run: Import) =>
    [
      run.users.toLocaleString('en'),
      run.peakMiB.toFixed(0),
      run.seconds.toFixed(1),
      Math.round(run.users / run.seconds).toLocaleString('en'),
      run.calls.toLocaleString('en'),
      `${((100 * (run.seconds - Math.min(run.seconds, run.simulatorSeconds))) / run.seconds).toFixed(0)} %`,
      run.serviceSeconds.toFixed(1),
    ].join(' | ');
  return [
    '| users | peak memory of the service (MiB) | seconds | rows per second | calls to Zoom | time outside the simulator | processor seconds of the service |',
    '|---|---|---|---|---|---|---|',
    ...runs.map((run) => `| ${row(run)} |`),
  ].join('\n');
}

const imports: Import[] = [];
for (const users of sizes) {
  imports.push(await importOf(users));
  line(importTable(imports.slice(-1)));
}
const walks = [];
for (const users of [2_000, 4_000, 8_000]) {
  walks.push({ users, ...(await walkOf(users, 100)) });
  line(`walk of ${users}: ${walks.at(-1)?.total} calls, ${walks.at(-1)?.seconds.toFixed(1)} s`);
}
const [small, big] = [imports[0]?.peakMiB ?? 0, imports.at(-1)?.peakMiB ?? 0];
await writeReport(
  'import-memory.svg',
  lineChart(
    imports.map(({ memory, users }) => ({ name: `${users.toLocaleString('en')} users`, points: memory })),
    {
      title: 'Memory of the service during a streamed import',
      x: 'part of the import done (%)',
      y: 'resident memory (MiB)',
    },
  ),
);
await writeReport(
  'offset-walk.svg',
  lineChart(
    walks.map(({ calls, users }) => ({ name: `${users.toLocaleString('en')} users`, points: calls })),
    {
      title: 'Calls to Zoom while a caller reads pages of 100 rows by offset',
      x: 'pages',
      y: 'calls so far',
    },
  ),
);
await writeReport(
  'import.md',
  `# Streamed import and paging

Written by \`npm run bench:import\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Service and simulator
are separate processes, without delay and without rate limits. The service's heap is limited to ${heapMiB} MiB in every run.

## Streamed import, list attributes

${importTable(imports)}

The large account needs **${(big - small).toFixed(0)} MiB** more than the small one. The target is 64 MiB at most. Each pending user (3 % here) costs one
call, at the first import of a process; the others come 2,000 per call, and each page but the last of a list is read twice. "Time outside the simulator" is the time in which the simulator's process did not compute.

![memory](import-memory.svg)

## Walking by offset

| users | pages of 100 | calls to Zoom | calls per page | seconds |
|---|---|---|---|---|
${walks
  .map(
    ({ seconds, total, users }) =>
      `| ${[users.toLocaleString('en'), users / 100, total, (total / (users / 100)).toFixed(2), seconds.toFixed(1)].join(' | ')} |`,
  )
  .join('\n')}

The number of calls grows in proportion to the number of pages, not with its square.

![calls](offset-walk.svg)
`,
);
