import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { checkConfigCommand } from '../../src/cli/check-config.js';
import { version } from '../../src/cli/process.js';
import { serveCommand } from '../../src/cli/serve.js';
import { simulatorCommand } from '../../src/cli/simulator.js';
import { until } from '../support/raw-client.js';
import { createSimulator } from '../../src/simulator/simulator.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder();
let complaints: string;

beforeEach(() => {
  complaints = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complaints += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

async function configFile(more: object = {}): Promise<string> {
  const file = join(folder.path, 'connector.json');
  const settings = { service: { target: 'simulator' }, simulator: { users: 3 }, server: { port: 0 } };
  await writeFile(file, JSON.stringify({ ...settings, ...more }));
  return file;
}

/** Servers that listen; those that were closed take a while to go. */
function listeners(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
}

/** What is said on standard output from now on. */
function listen(): () => string {
  let said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  return () => said;
}

describe('a service that cannot start', () => {
  it('names the certificate files that it cannot read, and leaves nothing running', async () => {
    const before = listeners();
    const tls = { certFile: join(folder.path, 'no.pem'), keyFile: join(folder.path, 'no.key') };
    expect(await serveCommand(await configFile({ server: { port: 0, tls } }))).toBe(1);
    expect(complaints).toContain('The TLS certificate of the service cannot be used.');
    expect(complaints).toContain(`/server/tls/certFile: The file ${tls.certFile} cannot be read (ENOENT).`);
    expect(complaints).toContain(`/server/tls/keyFile: The file ${tls.keyFile} cannot be read (ENOENT).`);
    await until(() => listeners() <= before);
    complaints = '';
    expect(await checkConfigCommand(await configFile({ server: { tls } }))).toBe(1);
    expect(complaints).toContain(`/server/tls/keyFile: The file ${tls.keyFile} cannot be read (ENOENT).`);
  });

  it('is told beforehand of certificates that are none', async () => {
    const file = await configFile();
    const tls = { certFile: file, keyFile: file };
    expect(await checkConfigCommand(await configFile({ server: { tls } }))).toBe(1);
    expect(complaints).toContain('must be PEM files that belong together');
  });

  it('is told of a client CA without a certificate in it', async () => {
    const pem = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
    const clientCaFile = join(folder.path, 'ca.pem');
    await writeFile(clientCaFile, 'no certificate\n');
    const tls = { certFile: pem('server.pem'), keyFile: pem('server.key'), clientCaFile };
    const file = await configFile({ server: { port: 0, tls } });
    expect(await serveCommand(file)).toBe(1);
    expect(await checkConfigCommand(file)).toBe(1);
    expect(complaints.match(/The client CA contains no usable certificate/g)).toHaveLength(2);
    expect(complaints).toContain('server.tls.clientCaFile must be a PEM file');
  });

  it('is told of an audit file that cannot be written', async () => {
    const file = await configFile({ audit: { file: folder.path } });
    expect(await serveCommand(file)).toBe(1);
    expect(await checkConfigCommand(file)).toBe(1);
    const complaint = `Audit records cannot be written.\n  /audit/file: The file ${folder.path} cannot be written (EISDIR).\n`;
    expect(complaints).toBe(complaint.repeat(2));
  });

  it('leaves nothing running when attributes cannot be named as configured', async () => {
    const before = listeners();
    const custom = { attributeNames: { FOO: 'BAR' } };
    expect(await serveCommand(await configFile({ custom }))).toBe(1);
    expect(complaints).toContain(
      '/custom/attributeNames: No object class has the attribute that member 1 names.',
    );
    await until(() => listeners() <= before);
  });

  it('leaves nothing running when its port is taken', async () => {
    const other = createSimulator({ users: 1 });
    const port = Number(new URL((await other.listen()).url).port);
    const before = listeners();
    expect(await serveCommand(await configFile({ server: { port } }))).toBe(1);
    expect(complaints).toContain(`Port ${port} of 127.0.0.1 is in use`);
    await until(() => listeners() <= before);
    await other.close();
  });
});

interface Running {
  readonly ended: Promise<number>;
  readonly said: () => string;
  readonly url: string;
}

function showOutput(isTTY: boolean): void {
  Object.defineProperty(process.stdout, 'isTTY', { value: isTTY, configurable: true });
}

describe('a running service', () => {
  const { isTTY } = process.stdout;
  beforeEach(() => showOutput(false));
  afterAll(() => showOutput(isTTY));

  const failure = (code: string): Error => Object.assign(new Error(code), { code });

  async function start(settings: object = {}, examples = false): Promise<Running> {
    const said = listen();
    const ended = serveCommand(await configFile(settings), examples);
    await until(() => said().includes('listening on'));
    return { ended, said, url: /listening on (\S+)/.exec(said())?.[1] ?? '' };
  }

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('stops in good order on %s', async (signal) => {
    const { ended } = await start();
    process.emit(signal);
    expect(await ended).toBe(0);
  });

  it('writes nothing but records where no terminal shows its output: it starts, stops, has stopped', async () => {
    const { ended, said, url } = await start({ logging: { level: 'error' } });
    process.emit('SIGTERM');
    await ended;
    const records = said()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const targetUrl = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown;
    const configFile = join(folder.path, 'connector.json');
    const message = expect.stringContaining(
      `listening on ${url} (It targets the embedded Zoom simulator`,
    ) as unknown;
    expect(records).toMatchObject([
      {
        message,
        version,
        node: process.versions.node,
        target: 'simulator',
        api: 'rest',
        configFile,
        targetUrl,
        url,
      },
      { message: 'stopping', reason: 'SIGTERM' },
      { message: 'stopped', reason: 'SIGTERM', outcome: 'finished', exitCode: 0 },
    ]);
    expect(complaints).toBe('');
  });

  it('speaks to people at a terminal', async () => {
    showOutput(true);
    const { ended, said, url } = await start();
    await until(() => said().includes('curl'));
    expect(said()).toContain(`\nlistening on ${url}\nIt targets the embedded Zoom simulator`);
    process.emit('SIGTERM');
    await ended;
    expect(said().match(/^curl /gm)).toHaveLength(3);
    expect(complaints).toBe('');
  });

  it('gives examples beside its records when that is asked for', async () => {
    const { ended, said } = await start({}, true);
    process.emit('SIGTERM');
    await ended;
    expect(complaints.match(/^curl /gm)).toHaveLength(3);
    expect(said()).not.toContain('curl');
  });

  it('tells what it needs of the computer', async () => {
    const { ended, url } = await start();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('goes on when its log cannot be written, and stops when nobody reads it any more', async () => {
    const { ended, url } = await start();
    process.stdout.emit('error', failure('ENOSPC'));
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(complaints).toContain('Standard output cannot be written (ENOSPC).');
    process.stdout.emit('error', failure('EPIPE'));
    expect(await ended).toBe(1);
  });
});

describe('the simulator alone', () => {
  it('says that its port is taken, and how to choose another', async () => {
    const other = createSimulator({ users: 1 });
    const { port } = new URL((await other.listen()).url);
    expect(await simulatorCommand(await configFile(), port)).toBe(1);
    expect(complaints).toBe(
      `Port ${port} of 127.0.0.1 is in use: stop the program that uses it, or choose another with --port.\n`,
    );
    await other.close();
  });

  it.each(['x', '-1', '65536', '80.5'])('refuses port %s', async (port) => {
    expect(await simulatorCommand(await configFile(), port)).toBe(2);
    expect(complaints).toBe('The port of the simulator is a number from 0, for any free one, to 65535.\n');
  });

  it('listens on the port it is given until it is told to stop', async () => {
    const said = listen();
    const ended = simulatorCommand(await configFile(), '0');
    await until(() => said().includes('Account'));
    const url = /listening on (\S+) with 3 users/.exec(said())?.[1] ?? '';
    expect((await fetch(`${url}/simulator/requests`)).status).toBe(200);
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
  });
});
