import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { lineChart } from './line-chart.js';

/** What one operation costs. */
export interface Cost {
  readonly name: string;
  /** Calls to Zoom by one operation, on average. */
  readonly calls: number;
  /** Milliseconds, ascending: all of it as the caller sees it, and without the time the simulator worked. */
  readonly total: readonly number[];
  readonly own: readonly number[];
  readonly processorMs: number;
}

/** How often an operation can be made, some side by side. */
export interface Throughput {
  readonly name: string;
  readonly perSecond: number;
  /** Per second of processor time of the service. */
  readonly perCore: number;
}

/** Everything that was measured, and how. */
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

/** The plot of own costs: the share of operations over time. */
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

/** The document. */
export function pageOf({ costs, rounds, throughputs, together, warmUp }: Measured): string {
  const findings = readFileSync('bench/operations-findings.md', 'utf8');
  return `# Own cost per operation

Written by \`npm run bench:operations\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Service,
simulator and caller run in processes of their own, without delay and without rate limits; the service logs at level
\`info\`. Each operation is made ${rounds.toLocaleString('en')} times, one after another, after ${warmUp.toLocaleString('en')} that are not counted.

**Own cost** is what a call to the service takes above the time that Zoom takes: the caller measures the whole, the
simulator's process the time in which it served at least one call, from the head of the request to the end of the
answer, and the difference is ours. So it includes two connections' worth of sockets, the caller's own HTTP, and every
wait for a processor. The row without an operation is the floor: a request that touches nothing but Express and the log.

| operation | calls to Zoom | whole, median (ms) | own, median (ms) | own, 99th percentile (ms) | processor time of the service (ms) |
|---|---|---|---|---|---|
${costs.map(rowOf).join('\n')}

The target is a median below 2 ms.

![own cost](operations.svg)

## Gets side by side

${together} at a time; the target is 1,000 gets a second and core.

| operation | a second | a second of processor time of the service |
|---|---|---|
${throughputs.map(throughputRowOf).join('\n')}

${findings}`;
}
