/**
 * Measures the cost of operations in the service itself, and the number of gets per second and core. The simulator runs
 * in another process, without limits and delay. Writes docs/benchmarks/operations.md and its plot.
 * Usage: npm run bench:operations -- [rounds] [part of the name of the only operation; writes nothing]
 */
import { keepAliveClient, type KeepAliveClient } from './keep-alive-client.js';
import { type Cost, pageOf, plotOf, rowOf, type Throughput, throughputRowOf } from './operations-report.js';
import { processorSecondsOf, startServiceProcess } from './service-process.js';
import { startSimulator, type SimulatorProcess } from './simulator-process.js';
import { writeReport } from './write-report.js';

const only = process.argv[3];
const rounds = Number(process.argv[2] ?? 4000);
/** Rounds before the measurement, enough for the compiler to optimise the code. */
const warmUp = 1500;
const pageSizes = [20, 100];
const together = 16;
const line = (text: string): void => void process.stdout.write(`${text}\n`);

interface Operation {
  readonly name: string;
  /** Makes the operation for the n-th time. */
  readonly run: (n: number) => Promise<string>;
  /** Keeps the part of the answer that the next round needs. */
  readonly keep?: (answer: string) => void;
}

interface Setup {
  readonly client: KeepAliveClient;
  readonly simulator: SimulatorProcess;
  readonly servicePid: number;
}

async function costOf({ keep, name, run }: Operation, { servicePid, simulator }: Setup): Promise<Cost> {
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

/** Reads page after page, and starts again after the last one. */
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

/** Makes an operation many times, several at a time. */
async function throughputOf({ name, run }: Operation, { servicePid }: Setup): Promise<Throughput> {
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
const service = await startServiceProcess(simulator, { results, logLevel: 'info' });
const setup: Setup = { client: keepAliveClient(service.url), simulator, servicePid: service.pid };
const all = await operationsOf(setup.client);
const operations = all.filter(({ name }) => name.includes(only ?? ''));
const costs: Cost[] = [];
for (const operation of operations) {
  costs.push(await costOf(operation, setup));
  line(costs.slice(-1).map(rowOf).join(''));
}
const throughputs: Throughput[] = [];
for (const operation of operations.filter(({ name }) => name.startsWith('get'))) {
  throughputs.push(await throughputOf(operation, setup));
  line(throughputs.slice(-1).map(throughputRowOf).join(''));
}
setup.client.close();
await service.stop();
simulator.stop();
if (only === undefined) {
  await writeReport('operations.svg', plotOf(costs));
  await writeReport('operations.md', pageOf({ costs, throughputs, rounds, warmUp, together }));
}
