/**
 * Measures the processor time of the service for request bodies with as many wrong members as fit, at a size and at
 * four times that size. A time that grows like the size has a ratio of four, one that grows like its square sixteen. A
 * ratio above twelve ends the benchmark with exit code 1.
 * Usage: npm run bench:hostile
 */
import { processorSecondsOf, startServiceProcess } from './service-process.js';
import { startSimulator } from './simulator-process.js';

interface Row {
  readonly name: string;
  /** The text of a body with this many members. */
  readonly body: (members: number) => string;
  readonly path: string;
}

const repeated = (text: string, count: number): string => new Array(count).fill(text).join(',');
const numbered = (text: (index: number) => string, count: number): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(',');
const search = (member: string): string => `{"objectClass":"ZoomUser",${member}}`;
const update = (deltas: string): string => `{"objectClass":"ZoomUser","uid":"u","deltas":[${deltas}]}`;

const rows: readonly Row[] = [
  { name: 'and', path: '/v1/search', body: (n) => search(`"filter":{"and":[${repeated('{}', n)}]}`) },
  {
    name: 'nested or',
    path: '/v1/search',
    body: (n) => search(`"filter":{"or":[${repeated(`{"or":[${repeated('1', 500)}]}`, n / 500)}]}`),
  },
  { name: 'deltas', path: '/v1/update-delta', body: (n) => update(repeated('{}', n)) },
  {
    name: 'sortKeys',
    path: '/v1/search',
    body: (n) => search(`"options":{"sortKeys":[${repeated('{"field":"A"}', n)}]}`),
  },
  {
    name: 'attributesToGet',
    path: '/v1/search',
    body: (n) => search(`"options":{"attributesToGet":[${repeated('"DEPT"', n)}]}`),
  },
  {
    name: 'unknown members',
    path: '/v1/get',
    body: (n) => `{${numbered((i) => `"a${i}":1`, n)}}`,
  },
  { name: 'unknown settings', path: '/v1/validate', body: (n) => `{${numbered((i) => `"a${i}":1`, n)}}` },
  {
    name: 'bearerTokens',
    path: '/v1/validate',
    body: (n) => `{"server":{"authentication":{"bearerTokens":[${repeated('{}', n)}]}}}`,
  },
  {
    name: 'attributeNames',
    path: '/v1/validate',
    body: (n) => `{"custom":{"attributeNames":{${numbered((i) => `"A${i}":"B"`, n)}}}}`,
  },
];

const smaller = 16_000;
const larger = 4 * smaller;
const repetitions = 60;

const simulator = await startSimulator({ users: 10, plan: 'none' });
const service = await startServiceProcess(simulator, { results: {}, heapMiB: 512 });

/** Milliseconds of the service's processor time for one body, over many. */
async function timeFor({ body, path }: Row, members: number): Promise<number> {
  const text = body(members);
  const headers = { 'Content-Type': 'application/json' };
  const before = processorSecondsOf(service.pid);
  for (let count = 0; count < repetitions; count += 1) {
    await (await fetch(service.url + path, { method: 'POST', headers, body: text })).text();
  }
  return ((processorSecondsOf(service.pid) - before) * 1_000) / repetitions;
}

process.stdout.write(`| body | ${smaller} members | ${larger} members | ratio |\n|---|---|---|---|\n`);
for (const row of rows) {
  await timeFor(row, smaller);
  const [small, large] = [await timeFor(row, smaller), await timeFor(row, larger)];
  const ratio = large / small;
  if (ratio > 12) process.exitCode = 1;
  process.stdout.write(
    `| ${row.name} | ${small.toFixed(1)} ms | ${large.toFixed(1)} ms | ${ratio.toFixed(1)} |\n`,
  );
}
await service.stop();
simulator.stop();
