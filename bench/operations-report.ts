import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { lineChart } from './line-chart.js';

/** The cost of one operation. */
export interface Cost {
  readonly name: string;
  /** Calls to Zoom by one operation, on average. */
  readonly calls: number;
  /** Whole times of the calls in milliseconds, ascending. */
  readonly total: readonly number[];
  /** The same without the time that the simulator needed. */
  readonly own: readonly number[];
  readonly processorMs: number;
}

/** The throughput of an operation with several calls at a time. */
export interface Throughput {
  readonly name: string;
  readonly perSecond: number;
  /** Per second of processor time of the service. */
  readonly perCore: number;
}

/** All measurements and their parameters. */
interface Measured {
  readonly costs: readonly Cost[];
  readonly throughputs: readonly Throughput[];
  readonly rounds: number;
  readonly warmUp: number;
  readonly together: number;
}

const part = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
const two = (value: number): string => value.toFixed(2);

/** A row of the table of costs. */
export function rowOf({ calls, name, own, processorMs, total }: Cost): string {
  const cells = [part(total, 0.5), part(own, 0.5), part(own, 0.99), processorMs].map(two);
  return `| ${[name, calls.toFixed(1), ...cells].join(' | ')} |`;
}

/** A row of the table of throughputs. */
export function throughputRowOf({ name, perCore, perSecond }: Throughput): string {
  return `| ${name} | ${Math.round(perSecond)} | ${Math.round(perCore)} |`;
}

/** The plot of own costs: the share of operations that take at most a given time. */
export function plotOf(costs: readonly Cost[]): string {
  const shares = Array.from({ length: 96 }, (_, i) => i / 100);
  const lines = costs.map(({ name, own }) => ({
    name: name.replaceAll('`', ''),
    points: shares.map((share) => [part(own, share), 100 * share] as const),
  }));
  return lineChart(lines, {
    title: 'Own cost of operations: the share that takes no longer',
    x: 'milliseconds above the time Zoom takes',
    y: 'operations (%)',
  });
}

/** The complete page. */
export function pageOf({ costs, rounds, throughputs, together, warmUp }: Measured): string {
  const findings = readFileSync('bench/operations-findings.md', 'utf8');
  return `# Own cost per operation

Written by \`npm run bench:operations\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Service,
simulator and caller are separate processes, without delay and without rate limits. The service logs at level \`info\`. The
caller makes each operation ${rounds.toLocaleString('en')} times, one after another, after ${warmUp.toLocaleString('en')} rounds that do not count.

**Own cost** is the time of a call to the service minus the time that Zoom takes. The caller measures the whole call. The
simulator measures the time in which it served at least one call, from the head of the request to the end of the answer.
The difference is ours. It includes the sockets of two connections, the caller's own HTTP and every wait for a processor.
The row without an operation is the floor: a request that uses only Express and the log.

| operation | calls to Zoom | whole, median (ms) | own, median (ms) | own, 99th percentile (ms) | processor time of the service (ms) |
|---|---|---|---|---|---|
${costs.map(rowOf).join('\n')}

The target is a median below 2 ms.

![own cost](operations.svg)

## Gets side by side

${together} gets at a time. The target is 1,000 gets per second and core.

| operation | per second | per second of processor time of the service |
|---|---|---|
${throughputs.map(throughputRowOf).join('\n')}

${findings}`;
}
