import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `scripts/interop/java.mjs` provides. */
interface JavaTools {
  readonly missingCommands: () => readonly string[];
  readonly compile: (program: {
    readonly version: string;
    readonly pom: string;
    readonly classes: readonly string[];
    readonly folder: string;
  }) => string | undefined;
  readonly runJava: (program: {
    readonly path: string;
    readonly main: string;
    readonly properties: Readonly<Record<string, string | number>>;
  }) => Promise<string>;
}

/** The tools that the tests with real hosts use, too. Benchmarks run in the folder of the project. */
export async function javaTools(): Promise<JavaTools> {
  const module: unknown = await import(pathToFileURL('scripts/interop/java.mjs').href);
  return module as JavaTools;
}

const bundle = {
  'ConnectorBundle-FrameworkVersion': '1.5.1.0',
  'ConnectorBundle-Name': 'memory',
  'ConnectorBundle-Version': '1',
};

/** ConnId's own connector server with a connector that has its users in memory. */
export interface MemoryServer {
  readonly port: number;
  stop(): void;
}

export async function startMemoryServer(path: string, key: string, folder: string): Promise<MemoryServer> {
  const jar = bundleOf(path, folder);
  const port = await freePort();
  const properties = { 'memory.port': port, 'memory.key': key, 'memory.bundle': jar };
  const defines = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  const log = '-Dorg.identityconnectors.common.logging.class=SilentLog';
  const child = spawn('java', [log, ...defines, '-cp', path, 'MemoryServer'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await ready(child);
  return { port, stop: () => child.kill() };
}

/** A bundle is an archive whose manifest names it. */
function bundleOf(path: string, folder: string): string {
  const [manifest, jar] = [join(folder, 'manifest.txt'), join(folder, 'memory.jar')];
  const lines = Object.entries(bundle).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(manifest, lines.join(''));
  const classes = path.split(delimiter).at(-1) ?? '';
  const options = ['cfm', jar, manifest, '-C', classes, 'memory'];
  const { status, stderr } = spawnSync('jar', options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bundle cannot be made: ${stderr}`);
  return jar;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The connector server of Java does not start')));
    child.stdout?.once('data', () => resolve());
  });
}
