import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createLogs } from '../../src/cli/logs.js';
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
