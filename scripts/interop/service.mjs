import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const certificates = join(repository, 'test', 'support', 'tls');
const key = 'interop-key-of-a-real-host';

/**
 * Starts the service with its simulator, calls a function, and stops the service.
 * @param {{ folder: string, users: number, tls?: boolean }} setting
 * @param {(properties: Record<string, string | number | boolean>) => Promise<T>} work - gets what a host has to know
 * @template T
 * @returns {Promise<T>}
 */
export async function withService({ folder, tls = false, users }, work) {
  const file = join(folder, 'connector.json');
  const pem = { certFile: join(certificates, 'server.pem'), keyFile: join(certificates, 'server.key') };
  const settings = {
    service: { target: 'simulator' },
    rest: { operationTimeoutMs: 60_000 },
    rateLimit: { plan: 'none' },
    simulator: { users, plan: 'none' },
    server: { port: 0 },
    connectorServer: { enabled: true, port: 0, keys: [{ env: 'INTEROP_KEY' }], ...(tls && { tls: pem }) },
  };
  writeFileSync(file, JSON.stringify(settings));
  const service = spawn(process.execPath, [join(repository, 'dist', 'main.js'), 'serve', '--config', file], {
    env: { ...process.env, INTEROP_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { port, simulator } = await started(service);
    return await work({
      'service.host': '127.0.0.1',
      'service.port': port,
      'service.key': key,
      'service.tls': tls,
      'service.users': users,
      'service.simulator': simulator,
      'service.configuration': file,
      'service.version': JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version,
    });
  } finally {
    service.kill();
  }
}

/** Waits for the record of the start, which names the addresses. */
function started(service) {
  return new Promise((resolve, reject) => {
    let text = '';
    service.once('exit', () => reject(new Error('The service does not start')));
    service.stdout.on('data', (chunk) => {
      text = `${text}${chunk}`.slice(-10_000);
      const port = /"hostsUrl":"connids?:\/\/[^"]*:(\d+)"/.exec(text)?.[1];
      const simulator = /"targetUrl":"([^"]*)"/.exec(text)?.[1];
      if (port !== undefined && simulator !== undefined) resolve({ port, simulator });
    });
  });
}
