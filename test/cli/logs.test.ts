import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { clientLogger, createLogs } from '../../src/cli/logs.js';
import { load, simulated } from '../config/load.js';

it('lets only lines about operations wait: records of writes and of the life of the service are written at once', async () => {
  const { config } = await load({ ...simulated, logging: { level: 'error' } });
  const [relaxed, immediate] = [new PassThrough(), new PassThrough()];
  const logs = createLogs(config, { relaxed, immediate });
  logs.audit().info('write', { operation: 'create' });
  logs.lifecycle.info('stopping');
  logs.logger.error('unexpected error');
  logs.logger.info('operation');
  const lines = (stream: PassThrough): unknown[] =>
    String(stream.read())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  expect(lines(immediate)).toMatchObject([
    { level: 'info', message: 'write', audit: true, operation: 'create' },
    { level: 'info', message: 'stopping' },
  ]);
  expect(lines(relaxed)).toMatchObject([{ level: 'error', message: 'unexpected error' }]);
});

it('shows the calls of the client at level debug only, also after the level has changed', async () => {
  const { config } = await load({ ...simulated, logging: { level: 'info' } });
  const [relaxed, immediate] = [new PassThrough(), new PassThrough()];
  const logs = createLogs(config, { relaxed, immediate });
  const client = clientLogger(logs.logger);
  client.debug('zoom call', { endpoint: 'getUser' });
  client.warn('zoom is slow');
  logs.configure({ ...config, logging: { ...config.logging, level: 'debug' } });
  client.debug('zoom call', { endpoint: 'updateUser' });
  const lines = String(relaxed.read()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'warn', message: 'zoom is slow' },
    { level: 'debug', message: 'zoom call', endpoint: 'updateUser' },
  ]);
});
