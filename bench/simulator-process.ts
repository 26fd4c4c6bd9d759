import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createSimulator, type Simulator } from '../src/simulator/simulator.js';
import { type BusyTime, watchBusyTime } from './busy-time.js';

type Options = NonNullable<Parameters<typeof createSimulator>[0]>;

/** A simulator in a separate process. */
export interface SimulatorProcess {
  readonly url: string;
  readonly credentials: Simulator['credentials'];
  readonly pid: number;
  /** Its work since the previous call of this method. */
  busyTime(): Promise<BusyTime>;
  stop(): void;
}

interface Ready {
  readonly url: string;
  readonly credentials: Simulator['credentials'];
}

/** Starts a simulator in another process and waits until it listens. @param host - `0.0.0.0` for all of 127.0.0.0/8. */
export function startSimulator(options: Options, host = '127.0.0.1'): Promise<SimulatorProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options), host]);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${String(code)}.`)));
    child.once('message', (ready) =>
      resolve({
        ...(ready as Ready),
        pid: child.pid ?? 0,
        busyTime: () => busyTimeOf(child),
        stop: () => stop(child),
      }),
    );
  });
}

/** A token for the API of a simulator. */
export async function tokenOf({ credentials, url }: SimulatorProcess): Promise<string> {
  const { accountId, clientId, clientSecret } = credentials;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const query = new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId });
  const answer = await fetch(`${url}/oauth/token?${query.toString()}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${basic}` },
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

function busyTimeOf(child: ChildProcess): Promise<BusyTime> {
  return new Promise((resolve) => {
    child.once('message', (busy) => resolve(busy as BusyTime));
    child.send('busy time');
  });
}

function stop(child: ChildProcess): void {
  child.removeAllListeners('exit');
  child.kill();
}

async function runSimulator(options: Options, host: string): Promise<void> {
  const watch = watchBusyTime();
  const simulator = createSimulator(options);
  const { url } = await simulator.listen({ host });
  process.send?.({ url, credentials: simulator.credentials } satisfies Ready);
  process.on('message', () => process.send?.(watch.take()));
  process.on('disconnect', () => process.exit(0));
}

if (process.send !== undefined) {
  await runSimulator(JSON.parse(process.argv[2] ?? '{}') as Options, process.argv[3] ?? '127.0.0.1');
}
