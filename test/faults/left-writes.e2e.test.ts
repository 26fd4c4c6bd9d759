import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type LogCapture } from '../support/log-capture.js';
import { begin, type Listening, listenOn, until } from '../support/raw-client.js';
import { startService, type TestService } from '../support/service.js';
import { pass, useVirtualTime, virtualClock } from '../support/virtual-time.js';
import { FaultFixture } from './fault-fixture.js';

const requestTimeoutMs = 20_000;
const zoomNeedsMs = 900;

let log: LogCapture;
let service: TestService;
let server: Listening;

useVirtualTime();

beforeEach(async () => {
  log = captureLog();
  const rest = { requestTimeoutMs, operationTimeoutMs: 5_000, ioErrorRetries: 0 };
  service = await startService({ rest }, { logger: log.logger, client: { clock: virtualClock } });
  server = await listenOn(service);
});
afterEach(async () => {
  await server.close();
  await service.close();
});

const update = (uid: string, values: Readonly<Record<string, string>>) => ({
  objectClass: 'ZoomUser',
  uid,
  deltas: Object.entries(values).map(([name, value]) => ({ name, valuesToReplace: [value] })),
});

/** Lets Zoom answer the next change of a profile only after some time; it makes the change at the end of it. */
function delayProfile(ms: number): void {
  const match = { method: 'PATCH', path: '/users/{userId}', nth: 1 };
  service.simulator.faults.add({ match, action: { kind: 'delay', ms } });
}

const isStruck = (): boolean => service.simulator.faults.list()[0]?.struck === 1;

const auditRecords = () => log.entries().filter(({ message }) => message === 'write');

describe('a write whose caller leaves while Zoom works on it', () => {
  it('is waited for: the audit says what happened, and the next write does not overtake it', async () => {
    const user = new FaultFixture(service.simulator).user();
    delayProfile(zoomNeedsMs);
    const first = await begin(server.port, '/v1/update-delta', update(user.id, { DEPT: 'First' }));
    await until(isStruck);
    const second = await begin(server.port, '/v1/update-delta', update(user.id, { DEPT: 'Second' }));
    first.sent.destroy();
    await pass(zoomNeedsMs);
    expect((await second.answer).statusCode).toBe(200);
    expect(user.dept).toBe('Second');
    const patches = service.calls().filter((call) => call.startsWith('PATCH'));
    expect(patches.map((call) => call.slice(-3))).toEqual(['204', '204']);
    expect(auditRecords()).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }]);
    expect(auditRecords()[0]).not.toHaveProperty('notApplied');
  });

  it('sends nothing more: later steps are not applied', async () => {
    const user = new FaultFixture(service.simulator).user();
    delayProfile(zoomNeedsMs);
    const values = { DEPT: 'New', __NAME__: 'canary.moved@example.com' };
    const { sent } = await begin(server.port, '/v1/update-delta', update(user.id, values));
    await until(isStruck);
    sent.destroy();
    await pass(zoomNeedsMs);
    await until(() => auditRecords().length === 1);
    expect(auditRecords()).toMatchObject([
      { outcome: 'ConnectionBrokenException', applied: ['DEPT'], notApplied: ['__NAME__'] },
    ]);
    expect(service.calls().filter((call) => !call.startsWith('GET'))).toHaveLength(1);
  });
});

describe('a write whose deadline passes while Zoom works on it', () => {
  it('is waited for, and its success is the answer', async () => {
    const user = new FaultFixture(service.simulator).user();
    delayProfile(6_000);
    const { answer } = await begin(server.port, '/v1/update-delta', update(user.id, { DEPT: 'Late' }));
    await until(isStruck);
    await pass(6_000);
    expect((await answer).statusCode).toBe(200);
  });

  it('is in doubt when Zoom does not answer within the time of a request', async () => {
    const user = new FaultFixture(service.simulator).user();
    delayProfile(60_000);
    const answer = service.post('update-delta', update(user.id, { DEPT: 'Lost' })).then((done) => done);
    await until(isStruck);
    await pass(requestTimeoutMs);
    expect(await answer).toMatchObject({
      status: 504,
      body: { exception: 'OperationTimeoutException', applied: [], notApplied: [], unknown: ['DEPT'] },
    });
    expect(auditRecords()).toMatchObject([{ outcome: 'OperationTimeoutException', unknown: ['DEPT'] }]);
    await pass(60_000);
  });
});
