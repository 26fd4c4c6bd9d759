import { setTimeout as sleep } from 'node:timers/promises';
import { callsIn, readCallCounts } from './call-metrics.js';
import { keepAliveClient, type KeepAliveClient } from './keep-alive-client.js';
import { type ServiceProcess, withService } from './service-process.js';
import { streamUsers } from './streamed-import.js';

/** Light calls a second that Zoom grants to the plan `pro`. */
export const lightRate = 30;
/** Delay of every answer of Zoom. */
export const latencyMs = 50;
/** Imports before the measurement until the pace is even. */
const warmUpMs = 5_000;
/** Callers who make one operation after another, with a random pause behind each: up to twice this long. */
const callers = { get: { number: 3, pauseMs: 250 }, update: { number: 1, pauseMs: 1_000 } } as const;

/** Single operations beside a number of imports. Durations in milliseconds, the shortest first. */
export interface Beside {
  readonly imports: number;
  readonly gets: readonly number[];
  readonly updates: readonly number[];
  /** Light REST calls a second, of all operations. */
  readonly callsPerSecond: number;
  /** Those of single operations, without imports. */
  readonly singlePerSecond: number;
  /** Answers 429. */
  readonly refused: number;
}

/** Measures gets and updates alone, and beside imports that never end. */
export async function measureBeside(
  numbers: readonly number[],
  seconds: number,
  onEach: (beside: Beside) => void,
): Promise<readonly Beside[]> {
  const account = { users: 2000, phoneUsers: 0, groups: 5, plan: 'pro', latencyMs } as const;
  return withService(account, { results: {}, heapMiB: 256, plan: 'pro' }, async (service) => {
    const measured: Beside[] = [];
    const uids = await someUids(service);
    for (const imports of numbers) {
      const beside = await besideImports(service, { imports, seconds, uids });
      onEach(beside);
      measured.push(beside);
    }
    return measured;
  });
}

async function someUids({ url }: ServiceProcess): Promise<readonly string[]> {
  const client = keepAliveClient(url);
  const search = { objectClass: 'ZoomUser', filter: 'STATUS eq "active"', options: { pageSize: 100 } };
  const { results } = JSON.parse(await client.post('/v1/search', search)) as { results: { uid: string }[] };
  client.close();
  return results.map(({ uid }) => uid);
}

interface Condition {
  readonly imports: number;
  readonly seconds: number;
  readonly uids: readonly string[];
}

async function besideImports(
  service: ServiceProcess,
  { imports, seconds, uids }: Condition,
): Promise<Beside> {
  const end = new AbortController();
  const running = Array.from({ length: imports }, () => importForever(service, end.signal));
  await sleep(warmUpMs);
  const client = keepAliveClient(service.url);
  const before = await readCallCounts(service);
  const start = performance.now();
  const stop = AbortSignal.timeout(seconds * 1000);
  const uid = (n: number) => uids[n % uids.length];
  const [gets, updates] = await Promise.all([
    durations(stop, callers.get, (n) => get(client, uid(n))),
    durations(stop, callers.update, (n) => update(client, uid(n), `Beside ${imports} ${n}`)),
  ]);
  const after = await readCallCounts(service);
  const elapsed = (performance.now() - start) / 1000;
  end.abort();
  await Promise.all(running);
  client.close();
  const grown = (kind: Parameters<typeof callsIn>[1]) => callsIn(after, kind) - callsIn(before, kind);
  const writes = grown({ endpoint: 'updateUser' });
  return {
    imports,
    gets,
    updates,
    callsPerSecond: (grown({ endpoint: 'getUser' }) + writes) / elapsed,
    // Each get and each update reads the user.
    singlePerSecond: (gets.length + updates.length + writes) / elapsed,
    refused: grown({ status: '429' }),
  };
}

async function importForever(service: ServiceProcess, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await streamUsers(service, { signal }).catch((thrown: unknown) => {
      if (!signal.aborted) throw thrown;
    });
  }
}

/** Makes an operation again and again. @returns how long each took, in milliseconds, the shortest first. */
async function durations(
  stop: AbortSignal,
  { number, pauseMs }: (typeof callers)[keyof typeof callers],
  run: (n: number) => Promise<string>,
): Promise<readonly number[]> {
  const taken: number[] = [];
  let made = 0;
  const caller = async (): Promise<void> => {
    while (!stop.aborted) {
      const start = performance.now();
      await run((made += 1));
      taken.push(performance.now() - start);
      // Even pauses would fall into step with the slots of the rate.
      await sleep(2 * pauseMs * Math.random());
    }
  };
  await Promise.all(Array.from({ length: number }, caller));
  return taken.sort((left, right) => left - right);
}

const objectClass = 'ZoomUser';

function get(client: KeepAliveClient, uid: string | undefined): Promise<string> {
  return client.post('/v1/get', { objectClass, uid });
}

function update(client: KeepAliveClient, uid: string | undefined, lastName: string): Promise<string> {
  const deltas = [{ name: 'LAST_NAME', valuesToReplace: [lastName] }];
  return client.post('/v1/update-delta', { objectClass, uid, deltas });
}
