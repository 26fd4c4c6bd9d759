import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ConnectorError } from '../../src/connid/errors.js';
import { untilAborted } from '../support/fake-connector.js';
import { createFixture, type Fixture } from '../support/fixture.js';
import { type Answer, post } from '../support/http-client.js';
import { begin, listenOn, until, type Listening } from '../support/raw-client.js';
import { pass, useVirtualTime } from '../support/virtual-time.js';

const getUser = { objectClass: 'ZoomUser', uid: 'U1' };

let fixture: Fixture;
let server: Listening;
let operationTimeoutMs: number;
const abortGraceMs = 3_000;

useVirtualTime();

beforeEach(async () => {
  operationTimeoutMs = 1_000;
  fixture = createFixture({
    limits: () => ({ operationTimeoutMs, maxJsonResults: 10 }),
    timings: { abortGraceMs },
  });
  fixture.connector.seed('jill@example.com');
  server = await listenOn(fixture);
});
afterEach(() => server.close());

/** Sends a request for the user and lets so much time pass while the connector works on it. */
async function postPast(ms: number, path: string): Promise<Answer> {
  const [answer] = await Promise.all([
    post(fixture, path, getUser),
    until(() => fixture.connector.contexts.length === 1).then(() => pass(ms)),
  ]);
  return answer;
}

describe('the deadline of an operation', () => {
  it('answers 504 when the connector does not come back', async () => {
    fixture.connector.hook = () => new Promise(() => undefined);
    const { status, body } = await postPast(operationTimeoutMs + abortGraceMs, '/v1/get');
    expect([status, body['exception']]).toEqual([504, 'OperationTimeoutException']);
    expect(body['detail']).toBe('The operation did not finish within 1000 ms.');
    expect(fixture.connector.contexts[0]?.signal.aborted).toBe(true);
  });

  it('leaves the connector the time to say how far it came', async () => {
    fixture.connector.hook = (_operation, { signal }) =>
      new Promise((_resolve, reject) => {
        const error = new ConnectorError('timeout', 'Half done.', { applied: ['A'], notApplied: ['B'] });
        signal.addEventListener('abort', () => reject(error));
      });
    const { status, body } = await postPast(operationTimeoutMs, '/v1/delete');
    expect(status).toBe(504);
    expect(body).toMatchObject({ detail: 'Half done.', applied: ['A'], notApplied: ['B'] });
  });

  it('waits for a write however long it takes: only the connector knows its outcome', async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, 60_000));
    fixture.connector.hook = () => late;
    const { status } = await postPast(60_000, '/v1/delete');
    expect(status).toBe(204);
    expect(fixture.log.entries()).toContainEqual(
      expect.objectContaining({ message: 'write', outcome: 'ok' }),
    );
  });
});

describe('a caller who goes away', () => {
  it('aborts the operation; the log and the audit say what became of it', async () => {
    operationTimeoutMs = 60_000;
    fixture.connector.hook = untilAborted;
    const { sent, answer } = await begin(server.port, '/v1/delete', getUser);
    await until(() => fixture.connector.contexts.length === 1);
    sent.destroy();
    await expect(answer).rejects.toThrow();
    await until(() => fixture.log.entries().length === 2);
    expect(fixture.connector.contexts[0]?.signal.aborted).toBe(true);
    expect(fixture.log.entries()).toMatchObject([
      { message: 'write', operation: 'delete', outcome: 'ok' },
      { message: 'operation', operation: 'delete', outcome: 'ok', answered: false },
    ]);
  });
});
