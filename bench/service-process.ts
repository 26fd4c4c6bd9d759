import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatorProcess, startSimulator } from './simulator-process.js';

/** A service in a separate process. */
export interface ServiceProcess {
  readonly url: string;
  /** Port for hosts of ConnId's framework; `undefined` if they are not served. */
  readonly hostsPort: number | undefined;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Settings of the service that differ between benchmarks. */
interface ServiceSettings {
  /** The section `results` of its configuration. */
  readonly results: object;
  /**
   * Limit of its heap. The default is Node.js's own: with a small one the garbage collector runs far more often, which
   * costs processor time.
   */
  readonly heapMiB?: number;
  /** The default is `error`. */
  readonly logLevel?: 'error' | 'info';
  /** The plan whose rate limits it keeps. The default is `none`. */
  readonly plan?: 'pro' | 'business' | 'none';
  /** The key of hosts of ConnId's framework. If absent they are not served. */
  readonly hostKey?: string;
  /** The Redis that it shares with other replicas. */
  readonly redisUrl?: string;
}

/** Starts the built service for a simulator. */
export async function startServiceProcess(
  simulator: SimulatorProcess,
  { heapMiB, hostKey, logLevel = 'error', plan = 'none', redisUrl, results }: ServiceSettings,
): Promise<ServiceProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'connector.json');
  const connectorServer = { enabled: true, port: 0, keys: [hostKey] };
  writeFileSync(
    file,
    JSON.stringify({
      ...configFor(simulator),
      results,
      rateLimit: { plan },
      logging: { level: logLevel },
      ...(hostKey !== undefined && { connectorServer }),
      ...(redisUrl !== undefined && { state: { redisUrl } }),
    }),
  );
  const limits = heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`];
  const service = await startProcess([...limits, 'dist/main.js', 'serve', '--config', file]);
  const stop = async (): Promise<void> => {
    await service.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...service, stop };
}

/** Users and groups of a large account, read in pages of 2,000. */
export const largeAccount = (users: number): Parameters<typeof startSimulator>[0] => ({
  users,
  phoneUsers: 0,
  groups: 20,
  plan: 'none',
  maxUserPageSize: 2000,
  requestLogSize: 100,
});

/** Starts a simulator and a service for it, and stops both when the work has ended. */
export async function withService<T>(
  account: Parameters<typeof startSimulator>[0],
  settings: ServiceSettings,
  use: (service: ServiceProcess, simulator: SimulatorProcess) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulator(account);
  const service = await startServiceProcess(simulator, settings);
  try {
    return await use(service, simulator);
  } finally {
    await service.stop();
    simulator.stop();
  }
}

/**
 * Starts a service, and waits until it says where it listens. It gets the Node.js options of this process, too, such as
 * --cpu-prof.
 */
export async function startProcess(options: readonly string[]): Promise<ServiceProcess> {
  const args = [...process.execArgv, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const addresses = await addressesOf(child);
  return {
    ...addresses,
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function configFor({ credentials, url }: SimulatorProcess): object {
  const { accountId, clientId, clientSecret } = credentials;
  const oauth2ClientCredentials = { tokenUrl: `${url}/oauth/token`, clientId, clientSecret };
  return {
    service: { target: 'zoom', serviceUrl: `${url}/v2`, scimUrl: `${url}/scim2` },
    security: { authenticator: { oauth2ClientCredentials } },
    custom: { accountId },
    server: { port: 0 },
  };
}

/** Waits for the whole line that says where a service listens. */
function addressesOf(child: ChildProcess): Promise<Pick<ServiceProcess, 'url' | 'hostsPort'>> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`The service ended with ${String(code)}: ${output}`)));
    const read = (piece: Buffer): void => {
      output += piece.toString();
      const line = /^.*listening on (http:\/\/[^\s"]+).*\n/m.exec(output);
      const hostsPort = /"hostsUrl":"connid:\/\/[^"]*:(\d+)"/.exec(line?.[0] ?? '')?.[1];
      if (line?.[1] === undefined) return;
      // The rest is thrown away: to search it, too, would keep this process busy, which is the caller.
      child.stdout?.off('data', read).resume();
      resolve({ url: line[1], hostsPort: hostsPort === undefined ? undefined : Number(hostsPort) });
    };
    child.stdout?.on('data', read);
  });
}

/** Resident memory of a process in MiB: now and at its peak. Linux only. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) / 1024;
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

/** Processor time used by a process, in seconds. Linux only; a tick is 10 ms. */
export function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
