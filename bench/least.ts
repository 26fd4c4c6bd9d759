/**
 * Compares the processor time of operations with that of the least service of the same libraries (least-service.ts),
 * which makes the same calls to Zoom. Both run beside each other, in turns, with the simulator in a process of its own.
 * It writes docs/benchmarks/least.md with a plot, unless it measures one operation only.
 * Usage: npm run bench:least -- [rounds] [part of the name of the only operation]
 */
import { fileURLToPath } from 'node:url';
import { keepAliveClient, type KeepAliveClient } from './keep-alive-client.js';
import {
  processorSecondsOf,
  type ServiceProcess,
  startProcess,
  startServiceProcess,
} from './service-process.js';
import { type Compared, head, pageOf, plotOf, rowOf } from './least-report.js';
import { startSimulator, tokenOf } from './simulator-process.js';
import { writeReport } from './write-report.js';

const rounds = Number(process.argv[2] ?? 800);
const only = process.argv[3] ?? '';
const turns = 15;
/** Operations before the measurement, enough for the compiler to optimise the code. */
const warmUp = 1500;
const together = 4;
const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** One operation, as both services make it. */
interface Pair {
  readonly name: string;
  readonly target: number;
  readonly ours: (n: number) => Promise<string>;
  readonly least: (n: number) => Promise<string>;
}

interface Side {
  readonly pid: number;
  readonly run: (n: number) => Promise<string>;
}

/** Processor milliseconds for each of so many operations, some of them at a time. @param from - number of the first. */
async function processorMsOf({ pid, run }: Side, from: number, count: number): Promise<number> {
  let next = from;
  const work = async (): Promise<void> => {
    while (next < from + count) await run(next++);
  };
  const before = processorSecondsOf(pid);
  await Promise.all(Array.from({ length: together }, work));
  return ((processorSecondsOf(pid) - before) * 1000) / count;
}

function pairsOf(ours: KeepAliveClient, least: KeepAliveClient, uids: readonly string[]): readonly Pair[] {
  const objectClass = 'ZoomUser';
  const uid = (n: number) => uids[n % uids.length];
  const user = (side: string, n: number) => `bench.${side}${n}@example.com`;
  return [
    {
      name: 'get of list attributes',
      target: 1.15,
      ours: (n) =>
        ours.post('/v1/get', { objectClass, uid: uid(n), options: { attributesToGet: ['DEPT', 'STATUS'] } }),
      least: (n) => least.post('/getOfListAttributes', { uid: uid(n) }),
    },
    {
      name: 'get',
      target: 1.25,
      ours: (n) => ours.post('/v1/get', { objectClass, uid: uid(n) }),
      least: (n) => least.post('/get', { uid: uid(n) }),
    },
    {
      name: 'create',
      target: 1.35,
      ours: (n) => {
        const attributes = {
          __NAME__: user('a', n),
          FIRST_NAME: 'Bench',
          LAST_NAME: 'Mark',
          CREATE_ACTION: 'ssoCreate',
        };
        return ours.post('/v1/create', { objectClass, attributes });
      },
      least: (n) => least.post('/create', { email: user('b', n) }),
    },
    {
      name: 'update of one attribute',
      target: 1.35,
      ours: (n) => {
        const deltas = [{ name: 'LAST_NAME', valuesToReplace: [`Renamed ${n}`] }];
        return ours.post('/v1/update-delta', { objectClass, uid: uid(n), deltas });
      },
      least: (n) => least.post('/update', { uid: uid(n), name: `Renamed ${n}` }),
    },
  ];
}

async function compare(pair: Pair, ours: ServiceProcess, least: ServiceProcess): Promise<Compared> {
  const sides = {
    ours: { pid: ours.pid, run: pair.ours },
    least: { pid: least.pid, run: pair.least },
  };
  await processorMsOf(sides.ours, 0, warmUp);
  await processorMsOf(sides.least, 0, warmUp);
  const measured: Compared['turns'][number][] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const from = warmUp + turn * rounds;
    measured.push({
      ours: await processorMsOf(sides.ours, from, rounds),
      least: await processorMsOf(sides.least, from, rounds),
    });
  }
  const compared = { name: pair.name, target: pair.target, turns: measured };
  line(rowOf(compared));
  return compared;
}

const simulator = await startSimulator({
  users: 2000,
  phoneUsers: 500,
  plan: 'none',
  freeLicences: 2 * (warmUp + turns * rounds),
  requestLogSize: 100,
});
const results = { deepGet: true, deepImport: false };
const service = await startServiceProcess(simulator, { results, logLevel: 'info' });
const leastFile = fileURLToPath(new URL('least-service.js', import.meta.url));
const least = await startProcess([leastFile, simulator.url, await tokenOf(simulator)]);
const [ourClient, leastClient] = [keepAliveClient(service.url), keepAliveClient(least.url)];
const list = {
  objectClass: 'ZoomUser',
  filter: 'STATUS eq "active"',
  options: { attributesToGet: ['STATUS'] },
};
const found = JSON.parse(await ourClient.post('/v1/search', list)) as { results: { uid: string }[] };
line(head);
const uids = found.results.map(({ uid }) => uid);
const all: Compared[] = [];
for (const pair of pairsOf(ourClient, leastClient, uids)) {
  if (pair.name.includes(only)) all.push(await compare(pair, service, least));
}
ourClient.close();
leastClient.close();
await service.stop();
await least.stop();
simulator.stop();
if (only === '') {
  await writeReport('least.md', pageOf(all, { rounds, warmUp, together }));
  await writeReport('least.svg', plotOf(all));
}
