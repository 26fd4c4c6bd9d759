import { describe, expect, test } from '@jest/globals';
import { settingsNeedingRestart } from '../../src/config/advice.js';
import { defaultConfig } from '../../src/config/validate-config.js';
import { findings, load, simulated } from './load.js';

const long = 'canary-key-of-24-letters';
const tls = { certFile: '/c.pem', keyFile: '/k.pem' };

function withServer(connectorServer: object, allowRemote = true): object {
  return { ...simulated, simulator: { allowRemote }, connectorServer: { enabled: true, ...connectorServer } };
}

async function problems(connectorServer: object, allowRemote = true): Promise<string[]> {
  const world = { env: { FIRST: long, SHORT: long.slice(1) } };
  const found = await findings(withServer(connectorServer, allowRemote), world);
  return found.map(({ path }) => path);
}

describe('keys of hosts', () => {
  test('are looked up one by one', async () => {
    const keys = [{ env: 'FIRST' }, { file: '/run/second' }];
    const world = { env: { FIRST: long }, files: { '/run/second': 'second\n' } };
    const { config, warnings } = await load(withServer({ keys }), world);
    expect(config.connectorServer.keys.map((each) => each?.reveal())).toEqual([long, 'second']);
    expect(warnings).toEqual([]);
  });

  test('that cannot be looked up are named by their place', async () => {
    expect(await problems({ keys: [{ env: 'FIRST' }, { env: 'NO_SUCH' }] })).toEqual([
      '/connectorServer/keys/1',
    ]);
  });

  test('should not be plain text', async () => {
    const { warnings } = await load(withServer({ keys: [long] }));
    expect(warnings.map(({ path }) => path)).toEqual(['/connectorServer/keys/0']);
  });
});

describe('a connector server', () => {
  const keys = [{ env: 'FIRST' }];

  test('needs a key', async () => {
    expect(await problems({})).toEqual(['/connectorServer/keys']);
    expect(await problems({ keys: [null] })).toEqual(['/connectorServer/keys']);
    expect(await problems({ enabled: false })).toEqual([]);
    expect(await problems({ keys })).toEqual([]);
  });

  test('needs TLS and long keys beyond loopback addresses', async () => {
    const host = '0.0.0.0';
    expect(await problems({ host, keys })).toEqual(['/connectorServer/tls']);
    expect(await problems({ host, keys: [{ env: 'SHORT' }], tls })).toEqual(['/connectorServer/keys/0']);
    expect(await problems({ host, keys, tls })).toEqual([]);
    expect(await problems({ keys: [{ env: 'SHORT' }] })).toEqual([]);
  });

  test('serves the simulator to others only if it may', async () => {
    expect(await problems({ host: '0.0.0.0', keys, tls }, false)).toEqual(['/connectorServer/host']);
  });

  test('has its settings until the next start', () => {
    const running = defaultConfig();
    const next = { ...running, connectorServer: { ...running.connectorServer, port: 9_000 } };
    expect(settingsNeedingRestart(running, next)).toEqual(['connectorServer.port']);
  });
});
