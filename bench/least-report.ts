import { cpus } from 'node:os';
import { lineChart } from './line-chart.js';

/** An operation of both services: processor milliseconds of each turn. */
export interface Compared {
  readonly name: string;
  /** The ratio that we want to keep to. */
  readonly target: number;
  readonly turns: readonly { readonly ours: number; readonly least: number }[];
}

interface Parameters {
  readonly rounds: number;
  readonly warmUp: number;
  readonly together: number;
}

const ratiosOf = ({ turns }: Compared): readonly number[] => turns.map(({ ours, least }) => ours / least);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A row of the table: means, and the ratio's median, lowest and highest value. */
export function rowOf(compared: Compared): string {
  const { name, target, turns } = compared;
  const ratios = [...ratiosOf(compared)].sort((left, right) => left - right);
  const numbers = [
    mean(turns.map(({ ours }) => ours)),
    mean(turns.map(({ least }) => least)),
    ratios[Math.floor(ratios.length / 2)],
    ratios[0],
    ratios.at(-1),
    target,
  ];
  return `| ${[name, ...numbers.map((value) => (value ?? NaN).toFixed(2))].join(' | ')} |`;
}

export const head = `| operation | service (ms) | least service (ms) | ratio, median | lowest | highest | target |
|---|---|---|---|---|---|---|`;

/** The plot of the ratios, turn by turn. */
export function plotOf(all: readonly Compared[]): string {
  const lines = all.map((compared) => ({
    name: compared.name,
    points: ratiosOf(compared).map((ratio, index) => [index + 1, ratio] as const),
  }));
  return lineChart(lines, {
    title: 'Processor time of an operation, as a multiple of the least service',
    x: 'turn',
    y: 'ratio',
  });
}

/** The complete page. */
export function pageOf(all: readonly Compared[], { rounds, together, warmUp }: Parameters): string {
  return `# Processor time beside the least service

Written by \`npm run bench:least\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, on ${new Date().toISOString().slice(0, 10)}.

The **least service** (\`bench/least-service.ts\`) is made of the same libraries: Express with its JSON parser, one line of
winston, axios with axios-retry on kept connections. It makes the same calls to Zoom as the service and does nothing
else: no checks, no pacing, no plan, no audit. Both run beside each other, in turns of ${rounds.toLocaleString('en')} operations, ${together} at a time,
after ${warmUp.toLocaleString('en')} that do not count. The simulator is a process of its own, without delay and without rate limits. Each
service writes its log to a pipe. We count the processor time of its process, threads included.

${head}
${all.map(rowOf).join('\n')}

![ratios](least.svg)

A ratio is steadier than its two times, which depend on what else the computer does. A ratio near 1 does not mean that
checks, plan and audit cost nothing: the service sends its requests by Node.js's own client under axios
([0022](../decisions/0022-an-adapter-of-our-own.md)) and joins its log lines, and the least service does neither.
`;
}
