import fc from 'fast-check';
import type { FaultRule } from '../../../src/simulator/faults/fault.js';
import type { Simulator } from '../../../src/simulator/simulator.js';
import { type FastClock, fastClock } from '../../support/fast-clock.js';
import { startService, type TestService } from '../../support/service.js';
import { Stage } from '../stage.js';
import {
  type Account,
  addressOf,
  groupNameOf,
  groupSlots,
  type ModelUser,
  readAccount,
  userSlots,
} from './account.js';
import { judge, type ModelAnswer } from './judge.js';
import type { ModelOperation, ModelSettings } from './operation.js';

/** What the model knows. */
interface Model {
  account: Account;
  readonly clock: FastClock;
  readonly settings: ModelSettings;
}

/** What fast-check plays. */
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
    const problems = judge(model.account, planned, modelAnswer(service, answer), after);
    if (problems.length > 0) throw new Error([...problems, ...story(service)].join('\n'));
    model.account = after;
    // Until then nothing would be asked of Zoom.
    if (isRefusedToken(service)) model.clock.skip(tokenPauseMs);
  }

  toString(): string {
    return this.operation.toString();
  }
}

/** How long no token is asked for at most. */
const tokenPauseMs = 60_000;

function isRefusedToken({ simulator }: TestService): boolean {
  return simulator.requests.some(({ family, status }) => family === 'oauth' && status === 429);
}

function modelAnswer({ simulator }: TestService, answer: { status: number; body: unknown }): ModelAnswer {
  const body = answer.body as ModelAnswer['body'];
  return { status: answer.status, body, requests: simulator.requests };
}

function story({ simulator }: TestService): readonly string[] {
  return simulator.requests.map(
    ({ fault = '', method, path, status }) => `  ${method} ${path} ${status} ${fault}`,
  );
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

/** Plays operations against a service of its own while faults strike. */
export async function play(
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
  const stage = new Stage(simulator);
  const groups = groupSlots.map((slot) => {
    const group = stage.group();
    simulator.state.groups.rename(group, groupNameOf(slot, 0));
    return group;
  });
  for (const slot of userSlots) {
    const status = users[slot - 1];
    if (status === undefined) continue;
    const user = stage.user(status);
    simulator.state.users.change(user, { email: addressOf(slot, 0), dept: '' });
    if (groups[0] !== undefined) stage.join(groups[0], user);
  }
}

/** Plays given operations, one after the other. */
export async function replay(
  beginning: Beginning,
  faults: readonly FaultRule[],
  operations: readonly ModelOperation[],
): Promise<void> {
  await play(
    beginning,
    faults,
    operations.map((operation) => new Command(operation)),
  );
}
