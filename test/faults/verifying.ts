import type { FaultAction, FaultMatch } from '../../src/simulator/faults/fault.js';
import { fastClock } from '../support/fast-clock.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { FaultFixture } from './fault-fixture.js';

/** An answer of the service. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A service that reads back what it writes, and whose waits are over at once. */
export interface Verifying {
  readonly service: TestService;
  readonly fixture: FaultFixture;
  /** Milliseconds of every wait. */
  readonly waits: readonly number[];
  update(objectClass: string, uid: string, ...deltas: readonly object[]): Promise<Answer>;
  create(objectClass: string, attributes: object): Promise<Answer>;
  fault(match: FaultMatch, action: FaultAction): void;
  /** Zoom answers success to a write and does not make it; with JSON pointers all of it but those fields. */
  ignore(method: string, path: string, ...fields: readonly string[]): void;
}

export async function startVerifying(
  verifyWrites: 'off' | 'warn' | 'fail',
  settings: TestSettings = {},
): Promise<Verifying> {
  const waits: number[] = [];
  const clock = fastClock(1000);
  const service = await startService(
    { ...settings, service: { verifyWrites, ...settings['service'] } },
    {
      client: {
        clock: {
          ...clock,
          sleep: (ms, signal) => {
            waits.push(ms);
            return clock.sleep(ms, signal);
          },
        },
      },
    },
  );
  const post = async (operation: string, body: object): Promise<Answer> => {
    const answer = await service.post(operation, body);
    return { status: answer.status, body: answer.body as Answer['body'] };
  };
  const fault: Verifying['fault'] = (match, action) => {
    service.simulator.faults.add({ match, action });
  };
  return {
    service,
    fixture: new FaultFixture(service.simulator),
    waits,
    update: (objectClass, uid, ...deltas) => post('update-delta', { objectClass, uid, deltas }),
    create: (objectClass, attributes) => post('create', { objectClass, attributes }),
    fault,
    ignore: (method, path, ...fields) =>
      fault({ method, path }, { kind: 'ignore', ...(fields.length > 0 && { fields }) }),
  };
}
