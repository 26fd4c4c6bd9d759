import { beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';

import { ConnectorError } from '../../../src/connid/errors.js';
import { bearerTokenVerifier, tokenDigest } from '../../../src/server/auth/bearer-tokens.js';
import { loggableUid } from '../../../src/server/logging/redact.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { get, post } from '../../support/http-client.js';
import { captureLog } from '../../support/log-capture.js';
import { until } from '../../support/raw-client.js';

const token = 'canary-token';
const verifiers = [
  bearerTokenVerifier([{ name: 'midpoint', sha256: tokenDigest(token), scopes: ['read', 'write'] }]),
];
const headers = { Authorization: `Bearer ${token}`, 'X-Request-Id': 'R1' };

let fixture: Fixture;
beforeEach(() => {
  fixture = createFixture({ verifiers });
});

/** The entries once the answer's last line has been logged, which is just after the caller has it. */
async function entries(count: number): Promise<Record<string, unknown>[]> {
  await until(() => fixture.log.entries().length >= count);
  return fixture.log.entries();
}

const common = {
  timestamp: expect.any(String),
  requestId: 'R1',
  caller: 'midpoint',
  objectClass: 'ZoomUser',
};

describe('the audit record of a write', () => {
  /** Sends a request, and reads the log at the moment when the server sends the answer. */
  async function logAtAnswer(authorization: string): Promise<readonly Record<string, unknown>[]> {
    const seen: Record<string, unknown>[] = [];
    const handler = express();
    handler.use((_request, response, next) => {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = (status: number) => {
        seen.push(...fixture.log.entries());
        return writeHead(status);
      };
      next();
    });
    handler.use(fixture.handler);
    const request = { objectClass: 'ZoomUser', uid: 'U1' };
    await post({ handler }, '/v1/delete', request, { ...headers, Authorization: authorization });
    return seen;
  }

  it.each([
    ['is', () => fixture.connector.seed('jill@example.com'), 'ok'],
    ['is, when the operation fails,', () => undefined, 'UnknownUidException'],
  ])('%s written before the answer is sent', async (_, prepare, outcome) => {
    prepare();
    expect((await logAtAnswer(`Bearer ${token}`))[0]).toMatchObject({ message: 'write', outcome });
  });

  it('is written, too, when the scope of the token refuses the write', async () => {
    const reader = { name: 'auditor', sha256: tokenDigest('reader'), scopes: ['read'] as const };
    fixture = createFixture({ verifiers: [bearerTokenVerifier([reader])] });
    expect((await logAtAnswer('Bearer reader'))[0]).toMatchObject({
      message: 'write',
      caller: 'auditor',
      operation: 'delete',
      outcome: 'forbidden',
    });
  });
});

describe('the log', () => {
  it('has one line per operation', async () => {
    fixture.connector.seed('jill@example.com');
    fixture.connector.hook = (_operation, { trace }) => void (trace.waitedMs += 12.3);
    await post(fixture, '/v1/get', { objectClass: 'zoomuser', uid: 'U1' }, headers);
    expect(await entries(1)).toEqual([
      {
        ...common,
        level: 'info',
        message: 'operation',
        operation: 'get',
        uid: loggableUid('U1'),
        zoomCalls: 1,
        waitedMs: 12,
        outcome: 'ok',
        status: 200,
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('counts the rows of a search', async () => {
    fixture.connector.seed('jill@example.com');
    fixture.connector.seed('jack@example.com');
    await post(fixture, '/v1/search', { objectClass: 'ZoomUser' }, headers);
    expect(await entries(1)).toMatchObject([{ operation: 'search', results: 2, scanned: 2 }]);
  });

  it('says how an operation failed, with the codes of Zoom and not its words', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('connectorIO', 'Zoom says no to Jill.', {
        upstream: { status: 500, code: 300, message: 'Jill Hill', trackingId: 'T1' },
      });
    };
    await post(fixture, '/v1/get', { objectClass: 'ZoomUser', uid: 'U1' }, headers);
    expect(await entries(1)).toMatchObject([
      {
        level: 'warn',
        outcome: 'ConnectorIOException',
        status: 502,
        upstream: { status: 500, code: 300, trackingId: 'T1' },
      },
    ]);
    expect(fixture.log.text()).not.toContain('Jill');
  });

  it('says what is wrong with the service itself, and what to do', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('connectionFailed', 'Zoom refuses the client credentials.', {
        hint: 'Check.',
      });
    };
    await post(fixture, '/v1/test', undefined, headers);
    expect(await entries(1)).toMatchObject([
      { level: 'warn', detail: 'Zoom refuses the client credentials.', hint: 'Check.' },
    ]);
  });

  it('says where an unexpected error came from, once, and not what it said', async () => {
    fixture.connector.hook = () => {
      throw new TypeError('Cannot use hunter2');
    };
    const answer = await post(fixture, '/v1/get', { objectClass: 'ZoomUser', uid: 'U1' }, headers);
    expect([answer.status, answer.body['exception']]).toEqual([500, 'ConnectorException']);
    const [unexpected, operation, ...rest] = await entries(2);
    expect(unexpected).toMatchObject({
      level: 'error',
      message: 'unexpected error',
      requestId: 'R1',
      error: { name: 'TypeError', at: expect.arrayContaining([expect.stringContaining('operation-log')]) },
    });
    expect(operation).toMatchObject({ level: 'error', outcome: 'ConnectorException', status: 500 });
    expect(rest).toEqual([]);
    expect(answer.text + fixture.log.text()).not.toContain('hunter2');
  });

  it('names refusals of the HTTP layer', async () => {
    await get(fixture, '/v1/connector');
    await get(fixture, '/nobody/here', headers);
    expect(await entries(2)).toMatchObject([
      { outcome: 'unauthorized', status: 401, level: 'info' },
      { outcome: 'not-found', status: 404, level: 'info' },
    ]);
  });

  it('is quiet about probes', async () => {
    await get(fixture, '/livez');
    expect(await entries(1)).toMatchObject([{ operation: 'livez', level: 'debug' }]);
  });
});

describe('audit', () => {
  const audited = async (count: number): Promise<unknown[]> =>
    (await entries(2 * count)).filter((entry) => entry['audit'] === true);
  const record = { ...common, level: 'info', message: 'write', audit: true };

  it('has one record per write, with names and no values', async () => {
    const attributes = { __NAME__: 'jill@example.com', dept: 'canary', hunter2: 'a secret as a name' };
    await post(fixture, '/v1/create', { objectClass: 'ZoomUser', attributes }, headers);
    const deltas = [{ name: 'DEPT', valuesToReplace: ['canary'] }];
    await post(fixture, '/v1/update-delta', { objectClass: 'ZoomUser', uid: 'U1', deltas }, headers);
    await post(fixture, '/v1/delete', { objectClass: 'ZoomUser', uid: 'U1' }, headers);
    expect(await audited(3)).toEqual([
      {
        ...record,
        operation: 'create',
        uid: loggableUid('U1'),
        attributes: ['__NAME__', 'DEPT', '?'],
        outcome: 'ok',
      },
      { ...record, operation: 'updateDelta', uid: loggableUid('U1'), attributes: ['DEPT'], outcome: 'ok' },
      { ...record, operation: 'delete', uid: loggableUid('U1'), attributes: [], outcome: 'ok' },
    ]);
  });

  it('records writes that fail, and how far they came', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('retryable', 'Not finished.', {
        uid: 'U9',
        applied: ['A'],
        notApplied: ['B'],
      });
    };
    const attributes = { __NAME__: 'jill@example.com' };
    await post(fixture, '/v1/create', { objectClass: 'ZoomUser', attributes }, headers);
    expect(await audited(1)).toMatchObject([
      { uid: loggableUid('U9'), outcome: 'RetryableException', applied: ['A'], notApplied: ['B'] },
    ]);
  });

  it('leaves out reads and dry runs', async () => {
    await post(fixture, '/v1/delete?dryRun=true', { objectClass: 'ZoomUser', uid: 'U1' }, headers);
    await post(fixture, '/v1/test', undefined, headers);
    expect((await entries(2)).map(({ message, dryRun }) => [message, dryRun])).toEqual([
      ['operation', true],
      ['operation', undefined],
    ]);
  });

  it('goes to a log of its own if there is one', async () => {
    const audit = captureLog('info');
    fixture = createFixture({ verifiers, auditLogger: () => audit.logger });
    await post(fixture, '/v1/delete', { objectClass: 'ZoomUser', uid: 'U1' }, headers);
    await entries(1);
    expect(audit.entries()).toMatchObject([{ operation: 'delete', outcome: 'UnknownUidException' }]);
    expect(fixture.log.entries().filter(({ message }) => message === 'write')).toEqual([]);
  });
});

describe('nothing personal and no secret', () => {
  it('reaches the log at any level', async () => {
    const canaries = ['Jill', 'Hill', 'jill@example.com', 'jack@example.com', 'hunter2', token, '+15550100'];
    const attributes = {
      __NAME__: 'jill@example.com',
      FIRST_NAME: 'Jill',
      LAST_NAME: 'Hill',
      __PASSWORD__: 'hunter2',
      PHONE: '+15550100',
      'jack@example.com': 'as a name',
    };
    const objectClass = 'ZoomUser';
    await post(fixture, '/v1/create', { objectClass, attributes }, headers);
    await post(fixture, '/v1/create', { objectClass, attributes }, headers);
    await post(fixture, '/v1/get', { objectClass, uid: 'jill@example.com', nameHint: 'Jill' }, headers);
    await post(fixture, '/v1/get', { objectClass: 'jack@example.com', uid: 'Jill Hill' }, headers);
    await post(fixture, '/v1/search', { objectClass, filter: { equals: { FIRST_NAME: 'Jill' } } }, headers);
    await post(
      fixture,
      '/v1/search',
      { objectClass, filter: 'FIRST_NAME eq "Jill"' },
      { ...headers, Accept: 'application/x-ndjson' },
    );
    await post(fixture, '/v1/get', '{"uid": "hunter2', headers);
    await get(fixture, '/v1/schema?objectClass=Jill', headers);
    await get(fixture, '/users/jill@example.com?secret=hunter2', headers);
    await get(fixture, '/v1/connector', {
      Authorization: 'Bearer hunter2',
      'X-Request-Id': 'jill@example.com',
    });
    await entries(12);
    const text = fixture.log.text();
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
    expect(text).toContain('"uid":"sha256:');
  });
});
