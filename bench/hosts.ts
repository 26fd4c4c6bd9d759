/**
 * Measures the face for hosts of ConnId's framework: memory during an import of accounts of two sizes, and searches of a
 * real host beside a connector in Java that has its users in memory. Writes docs/benchmarks/hosts.md and its plot.
 * Usage: npm run bench:hosts -- [users of the large account]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { javaTools, startMemoryServer } from './java-programs.js';
import { type Line, lineChart } from './line-chart.js';
import { type HostProperties, RawHost } from './raw-host.js';
import { largeAccount, memoryOf, type ServiceProcess, withService } from './service-process.js';
import type { SimulatorProcess } from './simulator-process.js';
import { writeReport } from './write-report.js';

const hostKey = 'bench-key-of-a-real-host';
const heapMiB = 128;
const runs = 9;
/** The first runs of a Java program are slow, because nothing is compiled yet. */
const warmUps = 4;
const large = Number(process.argv[2] ?? 1_000_000);
const line = (text: string): void => void process.stdout.write(`${text}\n`);

const settings = { results: {}, heapMiB, hostKey };

function portOf({ hostsPort }: ServiceProcess): number {
  if (hostsPort === undefined) throw new Error('The service does not serve hosts');
  return hostsPort;
}

function propertiesFor({ credentials, url }: SimulatorProcess): HostProperties {
  const { accountId, clientId, clientSecret } = credentials;
  const addresses = { serviceUrl: `${url}/v2`, tokenUrl: `${url}/oauth/token` };
  return { ...addresses, accountId, clientId, clientSecret, target: 'zoom', deepImport: false };
}

interface Import {
  readonly users: number;
  readonly seconds: number;
  readonly peakMiB: number;
  readonly memory: Line['points'];
}

function importOf(users: number): Promise<Import> {
  return withService(largeAccount(users), settings, async (service, simulator) => {
    const { pid } = service;
    const memory: [number, number][] = [];
    let rows = 0;
    const sampler = setInterval(() => memory.push([(100 * rows) / users, memoryOf(pid).now]), 50);
    const start = performance.now();
    await RawHost.import(portOf(service), hostKey, propertiesFor(simulator), () => (rows += 1));
    const seconds = (performance.now() - start) / 1000;
    clearInterval(sampler);
    if (rows !== users) throw new Error(`${rows} users in place of ${users}`);
    line(`import of ${users}: ${seconds.toFixed(1)} s, ${memoryOf(pid).peak.toFixed(0)} MiB`);
    return { users, seconds, memory, peakMiB: memoryOf(pid).peak };
  });
}

interface Search {
  readonly users: number;
  readonly connector: string;
  readonly firstMs: number;
  readonly allMs: number;
}

/** Medians of searches by a real host, of the service and of the connector in memory, in turns. */
async function searchesOf(users: number, path: string, folder: string): Promise<readonly Search[]> {
  const { runJava } = await javaTools();
  const memory = await startMemoryServer(path, hostKey, folder);
  try {
    const output = await withService(largeAccount(users), settings, (service, simulator) => {
      const all: Record<string, string | number> = {
        'host.ours': portOf(service),
        'host.memory': memory.port,
        'host.key': hostKey,
        'host.users': users,
        'host.runs': runs + warmUps,
      };
      for (const [name, value] of Object.entries(propertiesFor(simulator)))
        all[`property.${name}`] = String(value);
      return runJava({ path, main: 'SearchHost', properties: all });
    });
    return ['service', 'memory'].map((connector) => medianOf(connector, users, output));
  } finally {
    memory.stop();
  }
}

function medianOf(connector: string, users: number, output: string): Search {
  const searches = output
    .split('\n')
    .map((text) => text.split('\t'))
    .filter(([name]) => name === connector)
    .slice(warmUps);
  if (searches.length !== runs || searches.some(([, count]) => Number(count) !== users))
    throw new Error(`Not ${runs} searches of ${users} users: ${output}`);
  const [firstMs, allMs] = [2, 3].map((column) => median(searches.map((search) => Number(search[column]))));
  return { users, connector, firstMs: firstMs ?? NaN, allMs: allMs ?? NaN };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

function searchTable(searches: readonly Search[]): string {
  const rows = searches.map(({ allMs, connector, firstMs, users }) =>
    [
      users.toLocaleString('en'),
      connector === 'service' ? 'this service, with the simulator behind it' : 'in memory, in Java',
      firstMs.toFixed(0),
      allMs.toFixed(0),
      Math.round((1000 * users) / allMs).toLocaleString('en'),
    ].join(' | '),
  );
  return [
    '| users | connector | ms to the first | ms to the last | users per second |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

async function report(imports: readonly Import[], searches: readonly Search[]): Promise<void> {
  const [small, big] = [imports[0]?.peakMiB ?? NaN, imports[1]?.peakMiB ?? NaN];
  const memory = imports.map((run) => ({
    name: `${run.users.toLocaleString('en')} users`,
    points: run.memory,
  }));
  const titles = { x: 'part of the import done (%)', y: 'resident memory (MiB)' };
  await writeReport(
    'hosts.svg',
    lineChart(memory, { title: 'Memory of the service while a host imports', ...titles }),
  );
  const importRows = imports.map(
    ({ peakMiB, seconds, users }) =>
      `| ${users.toLocaleString('en')} | ${peakMiB.toFixed(0)} | ${seconds.toFixed(1)} | ${Math.round(users / seconds).toLocaleString('en')} |`,
  );
  await writeReport(
    'hosts.md',
    `# Hosts of ConnId's framework

Written by \`npm run bench:hosts\` on Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Host,
service and simulator are separate processes, without delay and without rate limits. Attributes of the list.

## Memory of an import

The heap of the service is limited to ${heapMiB} MiB. The host reads the bytes of the protocol and keeps nothing.

| users | peak memory of the service (MiB) | seconds | users per second |
|---|---|---|---|
${importRows.join('\n')}

The large account needs **${(big - small).toFixed(0)} MiB** more than the small one. The target is 64 MiB at most.

![memory](hosts.svg)

## Searches of a real host

A host in Java with ConnId 1.6.0.0 searches all users, in turns in this service and in a connector in Java that has
objects with the same attributes in memory, behind ConnId's own connector server. Medians of ${runs} searches after
${warmUps} others. The service reads the users from the simulator each time, in pages of 2,000.

${searchTable(searches)}
`,
  );
}

const tools = await javaTools();
const missing = tools.missingCommands();
const folder = mkdtempSync(join(tmpdir(), 'bench-hosts-'));
const classes = ['memory/MemoryConnector', 'MemoryServer', 'SearchHost'].map((name) =>
  resolve('bench/java', name),
);
const program = { version: '1.6.0.0', pom: 'pom.xml', classes: ['SilentLog', ...classes], folder };
const path = missing.length > 0 ? undefined : tools.compile(program);
if (path === undefined) {
  line('Skipped: this benchmark needs a JDK, Maven and the libraries of ConnId from a repository of Maven.');
} else {
  const searches = [];
  for (const users of [1_000, 10_000]) searches.push(...(await searchesOf(users, path, folder)));
  line(searchTable(searches));
  const imports = [await importOf(Math.min(10_000, large)), await importOf(large)];
  await report(imports, searches);
}
rmSync(folder, { recursive: true, force: true });
