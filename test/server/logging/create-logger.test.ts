import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from 'winston';

import { createAuditLogger, createLogger } from '../../../src/server/logging/create-logger.js';

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
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'audit-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('appends records to its file, all of them before it is closed', async () => {
    const file = join(directory, 'audit.log');
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
    const file = join(directory, 'later', 'audit.log');
    const logger = createAuditLogger(file, (_, record) => failures.push(record));
    logger.info('write', { operation: 'create' });
    mkdirSync(join(directory, 'later'));
    logger.info('write', { operation: 'delete' });
    await closeLogger(logger);
    expect(failures).toMatchObject([{ level: 'info', message: 'write', operation: 'create' }]);
    expect(readFileSync(file, 'utf8')).toContain('delete');
  });
});
