import type { FaultRule } from '../../src/simulator/faults/fault.js';
import type { LoggedRequest } from '../../src/simulator/http/request-log.js';
import type { Repeat } from '../../src/connector/object-class/endpoint.js';
import { groupEndpoints } from '../../src/zoom/group/endpoints.js';
import { phoneEndpoints } from '../../src/zoom/user/phone/endpoints.js';
import { membershipEndpoints, userEndpoints } from '../../src/zoom/user/endpoints.js';
import { type FastClock, fastClock } from '../support/fast-clock.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import type { CallTraits } from './fault-rows.js';
import type { OperationRow, Scenario } from './operation-rows.js';
import { FaultFixture } from './fault-fixture.js';

/** Extra tries of a call in the matrix. */
export const ioErrorRetries = 3;

/** A service with an account of unused users, whose waits are short. */
export interface FaultSetup {
  readonly service: TestService;
  readonly fixture: FaultFixture;
  readonly clock: FastClock;
}

/** Starts the service of one operation. */
export async function setUpFaults(settings: TestSettings = {}, rest: object = {}): Promise<FaultSetup> {
  const clock = fastClock(2000);
  const service = await startService(
    {
      ...settings,
      rest: { ioErrorRetries, maxWaitMs: 20_000, ...rest },
      simulator: { users: 500, phoneUsers: 0, groups: 3 },
    },
    { client: { clock, random: () => 0 } },
  );
  return { service, fixture: new FaultFixture(service.simulator), clock };
}

/** A finished run of an operation. */
export interface Run {
  readonly scenario: Scenario;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** What Zoom was asked, token calls excepted. */
  readonly calls: readonly LoggedRequest[];
}

/** The longest pause that 429s may have brought about, in milliseconds. */
const longestPauseMs = 60_000;

/** Runs an operation on fresh objects while a fault is in force. */
export async function run(
  { clock, service, fixture }: FaultSetup,
  { prepare }: OperationRow,
  fault?: FaultRule,
): Promise<Run> {
  const { simulator } = service;
  const scenario = prepare(fixture);
  simulator.clearRequests();
  if (fault !== undefined) simulator.faults.add(fault);
  const answer = await service.post(scenario.operation, scenario.body);
  simulator.faults.clear();
  clock.skip(longestPauseMs);
  const calls = simulator.requests.filter(({ family }) => family !== 'oauth');
  return {
    scenario,
    status: answer.status,
    body: answer.body as Readonly<Record<string, unknown>>,
    calls,
  };
}

/** A call of an operation as it is without faults: where a fault may strike. */
export interface FaultPoint extends CallTraits {
  readonly method: string;
  readonly path: string;
  /** Counted from 1, among the calls of this method and path. */
  readonly nth: number;
  /** Whether the object of a create is there already. */
  readonly created: boolean;
}

const repeats = new Map<string, Repeat>(
  [userEndpoints, membershipEndpoints, groupEndpoints, phoneEndpoints].flatMap((table) =>
    Object.values(table).map(({ method, path, repeat }) => [`${method} ${path}`, repeat] as const),
  ),
);

/** The calls of an operation without faults. */
export function faultPointsOf({ calls, scenario: { operation } }: Run): readonly FaultPoint[] {
  const names = calls.map(nameOf);
  const creation = names.findIndex((name) => ['POST /users', 'POST /groups'].includes(name));
  return calls.map((call, index) => {
    const [method = '', path = ''] = names[index]?.split(' ') ?? [];
    const repeat = repeats.get(names[index] ?? '');
    if (repeat === undefined) throw new Error(`No endpoint is called ${names[index]}`);
    return {
      method,
      path,
      nth: names.slice(0, index + 1).filter((name) => name === names[index]).length,
      kind: method === 'GET' ? 'read' : repeat,
      answersBody: call.status !== 204,
      perUser: ['PUT /users/{userId}/email', 'PUT /users/{userId}/password'].includes(names[index] ?? ''),
      freshToken: operation === 'test',
      created: creation >= 0 && index > creation,
    };
  });
}

function nameOf({ method, pattern = '' }: LoggedRequest): string {
  return `${method} ${pattern.replace('/v2', '')}`;
}
