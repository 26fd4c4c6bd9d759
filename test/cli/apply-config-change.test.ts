import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ConnectorError } from '../../src/connid/errors.js';
import { startConnectors } from '../../src/cli/connectors.js';
import { createLogs } from '../../src/cli/logs.js';
import { type RunningService, applyConfigChange } from '../../src/cli/apply-config-change.js';
import { createMetrics, type ServerMetrics } from '../../src/server/metrics.js';
import { createZoomConnector } from '../../src/zoom/create-zoom-connector.js';
import { load, simulated } from '../config/load.js';
import { alsoInSuiteLog } from '../support/suite-log.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const folder = useTemporaryFolder();
let running: RunningService;
let output: PassThrough;
let metrics: ServerMetrics;

const small = { ...simulated, simulator: { users: 3 } };

beforeEach(async () => {
  output = new PassThrough();
  const { accounts, config: started } = await load(small);
  const logs = createLogs(started, { relaxed: output, immediate: output });
  alsoInSuiteLog(logs.logger);
  const connectors = await startConnectors(accounts, (config) =>
    createZoomConnector(config, { version: '0.0.0' }),
  );
  metrics = createMetrics();
  running = { file: 'connector.json', started, current: { accounts }, connectors, logs, metrics };
});

afterEach(async () => {
  await running.connectors.close();
});

const takeUpNow = async (changes: object): Promise<void> =>
  applyConfigChange(await load({ ...small, ...changes }), running);
const logged = (): string => String(output.read() ?? '');

it('names what needs a restart for as long as the service runs without it', async () => {
  await takeUpNow({ server: { port: 9090 } });
  expect(logged()).toContain('"settings":["server.port"]');
  await takeUpNow({ server: { port: 9090 }, results: { deepGet: false } });
  expect(logged()).toContain('"settings":["server.port"]');
  await takeUpNow({ results: { deepGet: false } });
  expect(logged()).not.toContain('restart');
  expect(running.connectors.first().config().results.deepGet).toBe(false);
});

it('records what a change of the configuration came to, whatever the level', async () => {
  await takeUpNow({ logging: { level: 'error' } });
  logged();
  await takeUpNow({ logging: { level: 'error' }, results: { deepGet: false }, server: { port: 9090 } });
  expect(JSON.parse(logged())).toEqual({
    level: 'info',
    message: 'the changed configuration is in effect',
    version: expect.any(String) as unknown,
    target: 'simulator',
    api: 'rest',
    configFile: resolve('connector.json'),
    changed: ['results.deepGet', 'server.port'],
    needRestart: ['server.port'],
    timestamp: expect.any(String) as unknown,
  });
});

it('changes level and form of the log', async () => {
  await takeUpNow({ logging: { level: 'warn', format: 'text' } });
  logged();
  running.logs.logger.info('unheard');
  running.logs.logger.child({ audit: true }).warn('heard', { more: 1 });
  expect(logged()).toMatch(/^\S+ WARN {2}heard .*more=1\n$/);
});

it('moves audit records to another file, and back into the log', async () => {
  const file = join(folder.path, 'audit.log');
  await takeUpNow({ audit: { file } });
  logged();
  running.logs.audit().info('write', { uid: '1' });
  expect(await readFile(file, 'utf8')).toContain('"uid":"1"');
  expect(logged()).toBe('');
  await takeUpNow({});
  logged();
  running.logs.audit().info('write', { uid: '2' });
  expect(logged()).toContain('"uid":"2"');
});

it('records writes whatever else is logged, and in the log while the file cannot be written', async () => {
  const file = join(folder.path, 'audit.log');
  await takeUpNow({ audit: { file }, logging: { level: 'warn' } });
  await mkdir(file);
  running.logs.audit().info('write', { uid: '1' });
  const lines = logged().trimEnd().split('\n').slice(-2);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'error', message: 'the audit file cannot be written' },
    { level: 'info', message: 'write', audit: true, uid: '1' },
  ]);
  await takeUpNow({ logging: { level: 'error' } });
  running.logs.audit().info('write', { uid: '2' });
  expect(logged()).toContain('"uid":"2"');
});

it('refuses a configuration whose audit file cannot be written', async () => {
  const before = running.connectors.first().current();
  for (const file of [folder.path, join(folder.path, 'missing', 'audit.log')]) {
    await takeUpNow({ audit: { file } });
    expect(logged()).toContain(`/audit/file: The file ${file} cannot be written`);
  }
  expect(running.connectors.first().current()).toBe(before);
});

it('leaves the log as it is when the configuration cannot be used', async () => {
  await takeUpNow({ custom: { attributeNames: { TYPE: 'EMAIL' } }, logging: { level: 'error' } });
  expect(logged()).toContain('cannot be used');
  running.logs.logger.info('still heard');
  expect(logged()).toContain('still heard');
});

it('closes what a replacement under way starts', async () => {
  const { connectors } = running;
  const { accounts } = await load({ ...small, simulator: { users: 4 } });
  const replaced = connectors.replace(accounts);
  await connectors.close();
  await replaced;
  await expect(fetch(connectors.first().target().simulation?.url ?? '')).rejects.toThrow();
});

it('shows in the metrics whether the last change took effect', async () => {
  const shown = async (): Promise<readonly string[]> =>
    (await metrics.text()).match(/^zoom_connector_config_(last_reload_successful|reloads_total\S*) \d+$/gm) ??
    [];
  const states = (successful: number, ok: number, refused: number) => [
    `zoom_connector_config_last_reload_successful ${successful}`,
    `zoom_connector_config_reloads_total{outcome="ok"} ${ok}`,
    `zoom_connector_config_reloads_total{outcome="refused"} ${refused}`,
  ];
  metrics.configInEffect();
  expect(await shown()).toEqual(states(1, 0, 0));
  await applyConfigChange({ error: new ConnectorError('configuration', 'Wrong.') }, running);
  expect(await shown()).toEqual(states(0, 0, 1));
  await takeUpNow({ audit: { file: join(folder.path, 'absent', 'audit.log') } });
  expect(await shown()).toEqual(states(0, 0, 2));
  await takeUpNow({ results: { deepGet: false } });
  expect(await shown()).toEqual(states(1, 1, 2));
});

it('shows in the metrics since when the configuration is in effect', async () => {
  const since = async (): Promise<number> => {
    const found = /^zoom_connector_config_last_reload_success_timestamp_seconds (\S+)$/m.exec(
      await metrics.text(),
    );
    return Number(found?.[1]);
  };
  const before = Date.now() / 1000;
  await takeUpNow({ results: { deepGet: false } });
  const changed = await since();
  expect(changed).toBeGreaterThanOrEqual(before);
  await applyConfigChange({ error: new ConnectorError('configuration', 'Wrong.') }, running);
  expect(await since()).toBe(changed);
});
