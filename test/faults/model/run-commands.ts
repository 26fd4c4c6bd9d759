import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { FaultRule } from '../../../src/simulator/faults/fault.js';
import type { LoggedRequest } from '../../../src/simulator/http/request-log.js';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { type FastClock, fastClock } from '../../support/fast-clock.js';
import { startService, type TestService } from '../../support/service.js';
import { FaultFixture } from '../fault-fixture.js';
import {
  type Account,
  addressOf,
  cellsOf,
  type Cells,
  groupNameOf,
  groupSlots,
  type ModelUser,
  readAccount,
  userSlots,
} from './account.js';
import type { CellChange, ModelOperation, ModelSettings, PlannedOperation } from './operation.js';

/** The state of the model. */
interface Model {
  account: Account;
  readonly clock: FastClock;
  readonly settings: ModelSettings;
}

/** A command that fast-check runs. */
type ModelCommand = fc.AsyncCommand<Model, TestService>;

/** An operation of the model as a command of fast-check. */
class Command implements ModelCommand {
  constructor(private readonly operation: ModelOperation) {}

  check({ account, settings }: Readonly<Model>): boolean {
    return this.operation.plan(account, settings) !== undefined;
  }

  async run(model: Model, service: TestService): Promise<void> {
    const planned = this.operation.plan(model.account, model.settings);
    if (planned === undefined) return;
    service.simulator.clearRequests();
    const answer = await service.post(planned.operation, planned.body);
    const after = readAccount(service.simulator.state);
    assertModel(model.account, planned, modelAnswer(service, answer), after);
    model.account = after;
    // Until then the client would ask nothing of Zoom.
    if (isRefusedToken(service)) model.clock.skip(tokenPauseMs);
  }

  toString(): string {
    return this.operation.toString();
  }
}

/** The longest time for which the client asks for no token. */
const tokenPauseMs = 60_000;

function isRefusedToken({ simulator }: TestService): boolean {
  return simulator.requests.some(({ family, status }) => family === 'oauth' && status === 429);
}

function modelAnswer({ simulator }: TestService, answer: { status: number; body: unknown }): ModelAnswer {
  const body = answer.body as ModelAnswer['body'];
  return { status: answer.status, body, requests: simulator.requests };
}

function callsOf({ requests }: ModelAnswer): readonly string[] {
  return requests.map(({ fault = '', method, path, status }) => `  ${method} ${path} ${status} ${fault}`);
}

/** Commands for operations. */
export function commandsOf(operations: fc.Arbitrary<ModelOperation>): fc.Arbitrary<Iterable<ModelCommand>> {
  const command = operations.map((operation): ModelCommand => new Command(operation));
  return fc.commands([command], { maxCommands: 25, size: '+1' });
}

/** Where a run begins. */
export interface Beginning {
  readonly settings: ModelSettings;
  /** Decides which calls faults strike. */
  readonly seed: number;
  /** The users there are, by slot. */
  readonly users: readonly (ModelUser['status'] | undefined)[];
}

/** Runs commands against a service of its own while faults strike. */
export async function runCommands(
  { seed, settings, users }: Beginning,
  faults: readonly FaultRule[],
  commands: Iterable<ModelCommand>,
): Promise<void> {
  const clock = fastClock(5_000);
  const service = await startService(
    {
      service: { duplicateErrorReturnsId: settings.adopts },
      rest: { ioErrorRetries: settings.ioErrorRetries },
      custom: {
        deactivateOnDelete: settings.deactivatesOnDelete,
        updateDisabledUsers: settings.updatesDisabled,
        pendingUpdatePolicy: settings.skipsPending ? 'skip' : 'fail',
        entitlementDeletionEnabled: true,
        immediateLogoutOnDeactivate: true,
      },
      simulator: { users: 12, groups: 0, phoneUsers: 0, seed },
    },
    { client: { clock, random: () => 0 } },
  );
  populate(service.simulator, users);
  for (const fault of faults) service.simulator.faults.add(fault);
  const model: Model = { account: readAccount(service.simulator.state), clock, settings };
  try {
    await fc.asyncModelRun(() => ({ model, real: service }), commands);
  } finally {
    await service.close();
  }
}

/** Groups, and users who are in the first of them. */
function populate(simulator: Simulator, users: Beginning['users']): void {
  const fixture = new FaultFixture(simulator);
  const groups = groupSlots.map((slot) => {
    const group = fixture.group();
    simulator.state.groups.rename(group, groupNameOf(slot, 0));
    return group;
  });
  for (const slot of userSlots) {
    const status = users[slot - 1];
    if (status === undefined) continue;
    const user = fixture.user(status);
    simulator.state.users.change(user, { email: addressOf(slot, 0), dept: '' });
    if (groups[0] !== undefined) fixture.join(groups[0], user);
  }
}

/** Runs given operations, one after the other. */
export async function replay(
  beginning: Beginning,
  faults: readonly FaultRule[],
  operations: readonly ModelOperation[],
): Promise<void> {
  await runCommands(
    beginning,
    faults,
    operations.map((operation) => new Command(operation)),
  );
}

/** An answer of the service. */
interface ModelAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The calls to Zoom. */
  readonly requests: readonly LoggedRequest[];
}

/** More calls than this for one operation would be a loop. */
const maxCalls = 80;

/** Exceptions that only say that something was in the way, not that the request is refused. */
const obstacles: readonly unknown[] = [
  'ConnectionBrokenException',
  'ConnectionFailedException',
  'ConnectorIOException',
  'RetryableException',
];

/**
 * Expects that the answer of an operation is one that the model allows, and the state after it one that the answer
 * allows; the error contains the calls to Zoom.
 */
function assertModel(before: Account, planned: PlannedOperation, answer: ModelAnswer, after: Account): void {
  const { expected } = planned;
  const changes = 'changes' in expected ? expected.changes : [];
  const problems = [
    ...answerProblems(expected, answer),
    ...callProblems(planned, answer),
    ...readProblems(planned, answer),
    ...stateProblems(cellsOf(before), changes, answer, cellsOf(after)),
  ];
  if (problems.length > 0) throw new Error([...problems, ...callsOf(answer)].join('\n'));
}

function answerProblems(
  expected: PlannedOperation['expected'],
  { body, requests, status }: ModelAnswer,
): readonly string[] {
  const { exception } = body;
  if (isObstacle(body) && requests.some(({ fault }) => fault !== undefined)) return [];
  if ('changes' in expected) {
    return status === expected.status
      ? []
      : [`Answered ${status} ${String(exception)} ${String(body['detail'])}`];
  }
  const uidIsRight = expected.uid === undefined || expected.uid === body['uid'];
  return exception === expected.exception && uidIsRight
    ? []
    : [`Answered ${status} ${String(exception)} for uid ${String(body['uid'])}`];
}

/** Zoom's limits per user and day are preconditions that pass with time. */
function isObstacle({ exception, retryAfter }: ModelAnswer['body']): boolean {
  const passes = exception === 'PreconditionFailedException' && retryAfter !== undefined;
  return passes || obstacles.includes(exception);
}

function readProblems({ answerBody }: PlannedOperation, { body, status }: ModelAnswer): readonly string[] {
  if (answerBody === undefined || status !== 200 || isDeepStrictEqual(body, answerBody)) return [];
  return [`Read ${JSON.stringify(body)} instead of ${JSON.stringify(answerBody)}`];
}

function callProblems(
  { endsInDeactivation = false }: PlannedOperation,
  { body, requests }: ModelAnswer,
): readonly string[] {
  const begun = body['applied'] !== undefined;
  const deactivates = requests.some(({ path }) => path.endsWith('/status'));
  return [
    ...(requests.length > maxCalls ? ['Too many calls'] : []),
    ...(begun && endsInDeactivation && !deactivates ? ['The deactivation was not tried'] : []),
  ];
}

/** Each cell is as it was or as it was to be, as the answer says; where the answer leaves that open, one of the two. */
function stateProblems(
  before: Cells,
  changes: readonly CellChange[],
  { body, status }: ModelAnswer,
  after: Cells,
): readonly string[] {
  const wanted = new Map(changes.map((change) => [change.cell, change]));
  const cells = new Set([...Object.keys(before), ...Object.keys(after), ...wanted.keys()]);
  return [...cells].flatMap((cell) => {
    const change = wanted.get(cell);
    const allowed = allowedValues(before[cell], change, change && outcomeOf(change, { body, status }));
    return allowed.includes(after[cell])
      ? []
      : [
          `${cell} is ${after[cell] ?? 'empty'}, allowed is ${allowed.map((value) => value ?? 'empty').join(' or ')}`,
        ];
  });
}

/** The outcome of a change. Parts of a list that was not applied as a whole may have been. */
type ChangeOutcome = 'applied' | 'notApplied' | 'open';

const lists: readonly string[] = ['GROUP_IDS', 'MEMBER_IDS'];

function outcomeOf(
  { attribute }: CellChange,
  { body, status }: Pick<ModelAnswer, 'body' | 'status'>,
): ChangeOutcome {
  const isIn = (list: string): boolean => ((body[list] ?? []) as readonly string[]).includes(attribute);
  if (status < 300 || isIn('applied')) return 'applied';
  return isIn('unknown') || (isIn('notApplied') && lists.includes(attribute)) ? 'open' : 'notApplied';
}

function allowedValues(
  before: string | undefined,
  change: CellChange | undefined,
  outcome: ChangeOutcome | undefined,
): readonly (string | undefined)[] {
  if (change === undefined) return [before];
  const { meanwhile, value } = change;
  if (outcome === 'applied') return [value];
  const left = meanwhile === undefined ? [before] : [before, meanwhile];
  return outcome === 'open' ? [...left, value] : left;
}
