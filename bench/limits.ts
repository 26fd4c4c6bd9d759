/**
 * Measures the service under Zoom's limits: single operations beside imports, and whole imports. The simulator runs in
 * another process and enforces the limits over any sliding second. Writes docs/benchmarks/limits.md and its plots.
 * Usage: npm run bench:limits -- [seconds per number of imports]
 */
import { cpus } from 'node:os';
import { type Beside, latencyMs, lightRate, measureBeside } from './gets-beside-imports.js';
import { account, type LimitedImport, measureImports, rates } from './import-under-limits.js';
import { lineChart } from './line-chart.js';
import { writeReport } from './write-report.js';

const seconds = Number(process.argv[2] ?? 60);
const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** A part of sorted durations below which so many of them are, in milliseconds. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function besideRow({ callsPerSecond, gets, imports, refused, singlePerSecond, updates }: Beside) {
  const left = lightRate - singlePerSecond;
  const used = (100 * (callsPerSecond - singlePerSecond)) / left;
  return [
    imports,
    gets.length,
    ...[gets, updates].flatMap((sorted) => [0.5, 0.99].map((part) => quantile(sorted, part).toFixed(0))),
    singlePerSecond.toFixed(1),
    callsPerSecond.toFixed(1),
    imports === 0 ? '' : `${used.toFixed(1)} %`,
    refused,
  ];
}

function besideTable(measured: readonly Beside[]): string {
  const head = [
    'imports',
    'gets',
    'get, median (ms)',
    'get, 99th percentile (ms)',
    'update, median (ms)',
    'update, 99th percentile (ms)',
    'light calls a second of single operations',
    'of all',
    'imports use of what is left',
    '429',
  ];
  return table(head, measured.map(besideRow));
}

function importTable(imports: readonly LimitedImport[]): string {
  const head = [
    'headers of the limits',
    'import',
    'seconds',
    'seconds that the calls need',
    'ratio',
    'part of the rate used in between',
    ...Object.keys(rates).map((lane) => `calls: ${lane}`),
    '429',
  ];
  const rows = imports.map(({ calls, headers, neededSeconds, nth, refused, seconds: taken, usedRate }) => [
    headers ? 'yes' : 'no',
    nth === 1 ? 'first' : 'second',
    taken.toFixed(2),
    neededSeconds.toFixed(2),
    (taken / neededSeconds).toFixed(3),
    `${(100 * usedRate).toFixed(1)} %`,
    ...Object.values(calls),
    refused,
  ]);
  return table(head, rows);
}

const beside = await measureBeside([0, 1, 4, 16], seconds, (each) => line(besideRow(each).join(' | ')));
const alone = quantile(beside[0]?.gets ?? [], 0.5);
const imports: LimitedImport[] = [];
for (const headers of [true, false]) {
  imports.push(...(await measureImports(headers)));
  line(importTable(imports.slice(-2)));
}
await writeReport(
  'limits-gets.svg',
  lineChart(
    beside.map(({ gets, imports: number }) => ({
      name: number === 0 ? 'alone' : `beside ${number} ${number === 1 ? 'import' : 'imports'}`,
      points: gets.map((ms, index) => [ms, (100 * (index + 1)) / gets.length] as const),
    })),
    { title: 'Single gets at the limits of pro', x: 'milliseconds', y: 'gets that took no longer (%)' },
  ),
);
await writeReport(
  'limits-import.svg',
  lineChart(
    [
      ...imports.map(({ headers, nth, rows }) => ({
        name: `import ${nth}, ${headers ? 'with' : 'without'} headers`,
        points: rows,
      })),
      {
        name: 'the published rate',
        points: [
          [0, 0],
          [account.users / rates['REST, light'], account.users],
        ] as const,
      },
    ],
    {
      title: `Rows of a deep import of ${account.users} users at the limits of business`,
      x: 'seconds',
      y: 'rows',
    },
  ),
);
await writeReport(
  'limits.md',
  `# At Zoom's limits

Written by \`npm run bench:limits\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, on ${new Date().toISOString().slice(0, 10)}. Service,
simulator and callers are separate processes. The simulator enforces Zoom's published limits over any sliding second; the
service knows the plan.

## Single operations beside imports

Plan \`pro\`: ${lightRate} light REST calls a second. Each answer of Zoom takes ${latencyMs} ms. Three callers make gets, each a random
time after its last one (a quarter of a second on average), and one makes updates, a second apart. A get makes two calls,
one behind the other. Beside them deep imports
of 2,000 users begin again whenever they end. ${seconds} seconds for each number of imports, after five that do not count.

${besideTable(beside)}

![gets](limits-gets.svg)

The target is a median of at most ${(3 * alone + 1000 / lightRate).toFixed(0)} ms (three times that of gets alone, and one slot of the rate), a 99th percentile within
a second, and imports that use at least 90 % of what single operations leave of the rate.

## Whole imports

Plan \`business\`. Each answer takes 50 to 150 ms. Deep import of ${account.users.toLocaleString('en')} users, ${account.pending} of them pending and ${account.phoneUsers} with a phone, twice in
one process. Calls of different labels have rates of their own and run side by side, so the import needs the time of the
label with the most calls for its rate.

${importTable(imports)}

![rows](limits-import.svg)

The target is a ratio of at most 1.1, at least 95 % of the rate in between (from the first tenth of the rows to the last),
and no 429. If durations vary from 50 to 150 ms, a rule that is safe wherever Zoom counts reaches 95.2 %
([0020](../decisions/0020-pacing-by-slots.md)).
`,
);
