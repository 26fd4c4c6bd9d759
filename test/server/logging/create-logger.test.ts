import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from '@jest/globals';
import type { Logger } from 'winston';

import { createAuditLogger, createLogger } from '../../../src/server/logging/create-logger.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

/** Ends a logger; resolves when everything is written. */
async function closeLogger(logger: Logger): Promise<void> {
  const finished = once(logger, 'finish');
  logger.end();
  await finished;
}

describe('createLogger', () => {
  it('writes lines for people where a person looks', async () => {
    const stream = new PassThrough();
    const logger = createLogger({ level: 'info', format: 'text', stream });
    logger.info('operation', { operation: 'get', zoomCalls: 1 });
    logger.debug('too much');
    await closeLogger(logger);
    stream.end();
    expect(await text(stream)).toMatch(/^\d{4}-\S+ INFO {2}operation operation="get" zoomCalls=1\n$/);
  });
});

describe('createAuditLogger', () => {
  const folder = useTemporaryFolder();

  it('appends records to its file, all of them before it is closed', async () => {
    const file = join(folder.path, 'audit.log');
    const failures: Error[] = [];
    const logger = createAuditLogger(file, (error) => failures.push(error));
    for (let count = 0; count < 100; count++) logger.info('write', { operation: 'delete', count });
    await closeLogger(logger);
    const records = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(records).toHaveLength(100);
    expect(JSON.parse(records[99] ?? '')).toMatchObject({ message: 'write', count: 99 });
    expect(failures).toEqual([]);
  });

  it('says that a file cannot be written, and goes on when it can be again', async () => {
    const failures: unknown[] = [];
    const file = join(folder.path, 'later', 'audit.log');
    const logger = createAuditLogger(file, (_, record) => failures.push(record));
    logger.info('write', { operation: 'create' });
    mkdirSync(join(folder.path, 'later'));
    logger.info('write', { operation: 'delete' });
    await closeLogger(logger);
    expect(failures).toMatchObject([{ level: 'info', message: 'write', operation: 'create' }]);
    expect(readFileSync(file, 'utf8')).toContain('delete');
  });
});
