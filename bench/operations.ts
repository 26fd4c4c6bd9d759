/**
 * What operations cost in the service itself, one after another, against a simulator without limits or delay in
 * another process; and how many gets a core makes. Writes docs/benchmarks/operations.md and its plot.
 * Usage: npm run bench:operations -- [rounds] [part of the name of the only operation; writes nothing]
 */
import { keepAliveClient, type KeepAliveClient } from './keep-alive-client.js';
import { type Cost, pageOf, plotOf, rowOf, type Throughput, throughputRowOf } from './operations-report.js';
import { processorSecondsOf, startServiceProcess } from './service-process.js';
import { startSimulator, type SimulatorProcess } from './simulator-process.js';
import { writeReport } from './write-report.js';

const only = process.argv[3];
const rounds = Number(process.argv[2] ?? 4000);
/** Enough for the compiler to have seen everything. */
const warmUp = 1500;
const pageSizes = [20, 100];
const together = 16;
const line = (text: string): void => void process.stdout.write(`${text}\n`);

interface Operation {
  readonly name: string;
  /** Makes the operation the n-th time. */
  readonly run: (n: number) => Promise<string>;
  /** Takes what the next time needs from the answer. */
  readonly keep?: (answer: string) => void;
}

interface Stage {
  readonly client: KeepAliveClient;
  readonly simulator: SimulatorProcess;
  readonly servicePid: number;
}

async function costOf({ keep, name, run }: Operation, { servicePid, simulator }: Stage): Promise<Cost> {
  for (let n = 0; n < warmUp; n += 1) {
    const answer = await run(n);
    keep?.(answer);
  }
  const total: number[] = [];
  const own: number[] = [];
  let calls = 0;
  await simulator.busyTime();
  const before = processorSecondsOf(servicePid);
  for (let n = warmUp; n < warmUp + rounds; n += 1) {
    const start = performance.now();
    const answer = await run(n);
    const ms = performance.now() - start;
    keep?.(answer);
    const busy = await simulator.busyTime();
    total.push(ms);
    own.push(ms - busy.ms);
    calls += busy.calls;
  }
  const processorMs = ((processorSecondsOf(servicePid) - before) * 1000) / rounds;
  const ascending = (left: number, right: number) => left - right;
  return { name, calls: calls / rounds, total: total.sort(ascending), own: own.sort(ascending), processorMs };
}

/** A walk page by page, over and over. */
function pageOperation(client: KeepAliveClient, search: object, pageSize: number): Operation {
  let pagedResultsCookie: string | null = null;
  return {
    name: `search page of ${pageSize}`,
    run: () => client.post('/v1/search', { ...search, options: { pageSize, pagedResultsCookie } }),
    keep: (answer) => ({ pagedResultsCookie } = JSON.parse(answer) as { pagedResultsCookie: string | null }),
  };
}

async function operationsOf(client: KeepAliveClient): Promise<readonly Operation[]> {
  const objectClass = 'ZoomUser';
  const list = { objectClass, filter: 'STATUS eq "active"' };
  const { results } = JSON.parse(await client.post('/v1/search', list)) as { results: { uid: string }[] };
  const uid = (n: number) => results[n % results.length]?.uid;
  const user = (n: number) => ({
    __NAME__: `bench${n}@example.com`,
    FIRST_NAME: 'Bench',
    LAST_NAME: `Mark ${n}`,
    CREATE_ACTION: 'ssoCreate',
  });
  const rename = (n: number) => [{ name: 'LAST_NAME', valuesToReplace: [`Renamed ${n}`] }];
  return [
    { name: 'no operation (`GET /livez`)', run: () => client.get('/livez') },
    { name: 'get', run: (n) => client.post('/v1/get', { objectClass, uid: uid(n) }) },
    {
      name: 'get of list attributes',
      run: (n) =>
        client.post('/v1/get', {
          objectClass,
          uid: uid(n),
          options: { attributesToGet: ['DEPT', 'STATUS'] },
        }),
    },
    ...pageSizes.map((pageSize) => pageOperation(client, list, pageSize)),
    { name: 'create', run: (n) => client.post('/v1/create', { objectClass, attributes: user(n) }) },
    {
      name: 'update of one attribute',
      run: (n) => client.post('/v1/update-delta', { objectClass, uid: uid(n), deltas: rename(n) }),
    },
  ];
}

/** Makes an operation many times, some side by side. */
async function throughputOf({ name, run }: Operation, { servicePid }: Stage): Promise<Throughput> {
  const many = 5 * rounds;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < many) await run(next++);
  };
  const before = processorSecondsOf(servicePid);
  const start = performance.now();
  await Promise.all(Array.from({ length: together }, work));
  const seconds = (performance.now() - start) / 1000;
  const perCore = many / (processorSecondsOf(servicePid) - before);
  return { name, perSecond: many / seconds, perCore };
}

const simulator = await startSimulator({
  users: 2000,
  phoneUsers: 500,
  plan: 'none',
  freeLicences: rounds + warmUp,
  requestLogSize: 100,
});
const results = { deepGet: false, deepImport: false };
const service = await startServiceProcess(simulator, { results, heapMiB: 256, logLevel: 'info' });
const stage: Stage = { client: keepAliveClient(service.url), simulator, servicePid: service.pid };
const all = await operationsOf(stage.client);
const operations = all.filter(({ name }) => name.includes(only ?? ''));
const costs: Cost[] = [];
for (const operation of operations) {
  costs.push(await costOf(operation, stage));
  line(costs.slice(-1).map(rowOf).join(''));
}
const throughputs: Throughput[] = [];
for (const operation of operations.filter(({ name }) => name.startsWith('get'))) {
  throughputs.push(await throughputOf(operation, stage));
  line(throughputs.slice(-1).map(throughputRowOf).join(''));
}
stage.client.close();
await service.stop();
simulator.stop();
if (only === undefined) {
  await writeReport('operations.svg', plotOf(costs));
  await writeReport('operations.md', pageOf({ costs, throughputs, rounds, warmUp, together }));
}
