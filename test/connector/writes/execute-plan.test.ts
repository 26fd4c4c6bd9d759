import { describe, expect, it } from '@jest/globals';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { Call } from '../../../src/connector/object-class/call.js';
import { emptyPlan, type PlannedStep } from '../../../src/connector/object-class/plan.js';
import { certainlyApplied, executePlan, noOutcome } from '../../../src/connector/writes/execute-plan.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fakeSession } from '../../support/fake-session.js';
import { growth, tooMuchGrowth } from '../../support/growth.js';

const call = (why: string, more: Partial<Call> = {}): Call => ({
  endpoint: userEndpoints.updateUser,
  why,
  ...more,
});

function step(name: string, more: Partial<PlannedStep> = {}): PlannedStep {
  return {
    name,
    attributes: [name.toUpperCase()],
    calls: [call(name)],
    independent: false,
    dependsOn: [],
    guaranteed: false,
    ...more,
  };
}

/** Runs steps while the calls with some reasons fail, and the answers of others are lost. */
async function run(
  steps: readonly PlannedStep[],
  failing: readonly string[] = [],
  lost: readonly string[] = [],
) {
  const answer = ({ why }: Call) => {
    if (failing.includes(why)) throw new ConnectorError('preconditionFailed', `no ${why}`);
    if (lost.includes(why)) {
      throw new ConnectorError('connectionBroken', `lost ${why}`, { mayHaveHappened: true });
    }
  };
  const [usual, guaranteed] = [fakeSession(answer), fakeSession(answer)];
  const planWarning = { code: 'PLANNED', message: '', attributes: [] };
  const outcome = await executePlan(
    { ...emptyPlan, steps, warnings: [planWarning] },
    usual,
    () => guaranteed,
  );
  const reasons = (calls: readonly Call[]) => calls.map(({ why }) => why);
  return {
    applied: outcome.applied,
    notApplied: outcome.notApplied,
    ...(outcome.unknown.length > 0 && { unknown: outcome.unknown }),
    error: outcome.error?.message,
    warned: outcome.warnings.map(({ code }) => code),
    sent: reasons(usual.calls),
    sentAnyhow: reasons(guaranteed.calls),
  };
}

describe('the steps of a plan', () => {
  it('run in order, and everything is applied', async () => {
    expect(await run([step('a'), step('b', { dependsOn: ['a'] })])).toEqual({
      applied: ['A', 'B'],
      notApplied: [],
      error: undefined,
      warned: ['PLANNED'],
      sent: ['a', 'b'],
      sentAnyhow: [],
    });
  });

  it('run after a failure of another one, whose error is the first that counts', async () => {
    expect(await run([step('a'), step('b'), step('c')], ['a', 'c'])).toMatchObject({
      applied: ['B'],
      notApplied: ['A', 'C'],
      error: 'no a',
      sent: ['a', 'b', 'c'],
    });
  });

  it('do not run after a failure of one they need, nor after one that was skipped', async () => {
    const steps = [
      step('a'),
      step('b', { dependsOn: ['x', 'a'] }),
      step('c', { dependsOn: ['b'] }),
      step('d'),
    ];
    expect(await run(steps, ['a'])).toMatchObject({
      applied: ['D'],
      notApplied: ['A', 'B', 'C'],
      sent: ['a', 'd'],
    });
  });

  it('run whatever happened when they are guaranteed, in a session of their own', async () => {
    const steps = [step('a'), step('b', { dependsOn: ['a'], guaranteed: true })];
    expect(await run(steps, ['a'])).toMatchObject({
      applied: ['B'],
      notApplied: ['A'],
      sent: ['a'],
      sentAnyhow: ['b'],
    });
  });

  it('report what they would have set right only when they fail or are skipped', async () => {
    const restoring = { restores: ['R'] };
    expect(await run([step('a', restoring)])).toMatchObject({ applied: ['A'], notApplied: [] });
    expect(await run([step('a', restoring)], ['a'])).toMatchObject({ applied: [], notApplied: ['A', 'R'] });
    const skipped = [step('a'), step('b', { ...restoring, dependsOn: ['a'] })];
    expect(await run(skipped, ['a'])).toMatchObject({ notApplied: ['A', 'B', 'R'] });
  });

  it('share an attribute, which is applied when all of them succeed', async () => {
    const steps = [step('a', { attributes: ['X', 'Y'] }), step('b', { attributes: ['X'] })];
    expect(await run(steps, ['b'])).toMatchObject({ applied: ['Y'], notApplied: ['X'] });
  });
});

describe('the calls of a step', () => {
  const calls = [call('1', { writes: ['X'] }), call('2', { writes: ['Y'] }), call('3', { writes: ['Z'] })];
  const attributes = ['X', 'Y', 'Z'];

  it('end with the first failure, and what they have written stays applied', async () => {
    expect(await run([step('a', { attributes, calls })], ['2'])).toMatchObject({
      applied: ['X'],
      notApplied: ['Y', 'Z'],
      error: 'no 2',
      sent: ['1', '2'],
    });
  });

  it('lose all attributes of the step when the first fails', async () => {
    const failed = await run([step('a', { attributes: [...attributes, 'W'], calls })], ['1']);
    expect(failed).toMatchObject({ applied: [], notApplied: [...attributes, 'W'], sent: ['1'] });
  });

  it('are made without each other when they are independent; the first error counts', async () => {
    const independent = step('a', { attributes, calls, independent: true });
    expect(await run([independent], ['1', '3'])).toMatchObject({
      applied: ['Y'],
      notApplied: ['X', 'Z'],
      error: 'no 1',
      sent: ['1', '2', '3'],
    });
    expect(await run([independent], ['3'])).toMatchObject({ error: 'no 3', applied: ['X', 'Y'] });
  });

  it('write all attributes of the step when they do not say which', async () => {
    const some = step('a', { attributes, calls: [call('1'), call('2')] });
    expect(await run([some], ['2'])).toMatchObject({ applied: [], notApplied: attributes });
  });

  it('may be refused with a warning; the step goes on and counts as done', async () => {
    const warning = { code: 'TOLERATED', message: '', attributes: ['X'] };
    const tolerant = [call('1', { tolerate: () => warning }), call('2', { tolerate: () => warning })];
    const steps = [step('a', { calls: tolerant }), step('b', { dependsOn: ['a'] })];
    expect(await run(steps, ['1', '2'])).toEqual({
      applied: ['A', 'B'],
      notApplied: [],
      error: undefined,
      warned: ['PLANNED', 'TOLERATED', 'TOLERATED'],
      sent: ['1', '2', 'b'],
      sentAnyhow: [],
    });
    const intolerant = [call('1', { tolerate: () => undefined })];
    expect(await run([step('a', { calls: intolerant })], ['1'])).toMatchObject({ notApplied: ['A'] });
  });
});

describe('a lost answer', () => {
  const calls = [call('1', { writes: ['X'] }), call('2', { writes: ['Y'] }), call('3', { writes: ['Z'] })];
  const attributes = ['X', 'Y', 'Z'];

  it('leaves the attributes of its call in doubt, and those of later calls not applied', async () => {
    expect(await run([step('a', { attributes, calls })], [], ['2'])).toMatchObject({
      applied: ['X'],
      notApplied: ['Z'],
      unknown: ['Y'],
      error: 'lost 2',
    });
    expect(await run([step('a', { attributes, calls })], [], ['1'])).toMatchObject({
      applied: [],
      notApplied: ['Y', 'Z'],
      unknown: ['X'],
    });
  });

  it('counts more than a refusal of another call for the same attribute', async () => {
    const parts = [call('1', { writes: ['X'] }), call('2', { writes: ['X'] }), call('3', { writes: ['X'] })];
    const independent = step('a', { attributes: ['X'], calls: parts, independent: true });
    expect(await run([independent], ['1', '3'], ['2'])).toMatchObject({ notApplied: [], unknown: ['X'] });
  });

  it('skips the steps that depend on it: nothing of them was sent', async () => {
    const steps = [step('a'), step('b', { dependsOn: ['a'] }), step('c')];
    expect(await run(steps, [], ['a'])).toMatchObject({
      applied: ['C'],
      notApplied: ['B'],
      unknown: ['A'],
      sent: ['a', 'c'],
    });
  });

  it('leaves in doubt what a restoring step restores', async () => {
    const restoring = step('a', { restores: ['R'] });
    expect(await run([restoring], [], ['a'])).toMatchObject({ notApplied: [], unknown: ['A', 'R'] });
  });
});

describe('another order of the calls', () => {
  const otherwise = (reason: string) => ({
    when: ({ message }: ConnectorError) => message === reason,
    calls: [call('3'), call('4')],
  });
  const calls = [call('1'), call('2')];

  it('is tried when the first call is refused for the reason it helps with', async () => {
    const steps = [step('a', { calls, otherwise: otherwise('no 1') })];
    expect(await run(steps, ['1'])).toMatchObject({
      applied: ['A'],
      error: undefined,
      sent: ['1', '3', '4'],
    });
    expect(await run(steps, ['1', '3'])).toMatchObject({
      notApplied: ['A'],
      error: 'no 3',
      sent: ['1', '3'],
    });
  });

  it('is not tried otherwise', async () => {
    expect(await run([step('a', { calls, otherwise: otherwise('x') })], ['1'])).toMatchObject({
      sent: ['1'],
    });
    const late = [step('a', { calls, otherwise: otherwise('no 2') })];
    expect(await run(late, ['2'])).toMatchObject({ error: 'no 2', sent: ['1', '2'] });
    expect(await run(late)).toMatchObject({ applied: ['A'], sent: ['1', '2'] });
  });
});

describe('certainly applied', () => {
  it('are attributes that no warning is about', () => {
    const warnings = [{ code: 'W', message: '', attributes: ['B', 'X'] }];
    expect([...certainlyApplied({ ...noOutcome, applied: ['A', 'B'], warnings })]).toEqual(['A']);
  });
});

describe('a plan with very many calls', () => {
  const manyCalls = (count: number) =>
    step('many', { independent: true, calls: Array.from({ length: count }, () => call('refused')) });
  const refuse = (): never => {
    throw new ConnectorError('preconditionFailed', 'no');
  };

  it('sends none of them after the end of the operation, and says that they were not made', async () => {
    const gone = new AbortController();
    const session = fakeSession(() => {
      if (session.calls.length === 3) gone.abort();
      refuse();
    });
    const signalled = { ...session, context: { ...session.context, signal: gone.signal } };
    const plan = { ...emptyPlan, steps: [manyCalls(5_000), step('later')] };
    const outcome = await executePlan(plan, signalled, () => session);
    expect(outcome).toMatchObject({ applied: [], notApplied: ['MANY', 'LATER'] });
    expect(session.calls).toHaveLength(4);
  });

  it('takes time in proportion to their number, also when all fail', async () => {
    const session = {
      ...fakeSession(refuse),
      send: () => Promise.reject(new ConnectorError('timeout', 'no')),
    };
    const execute = (count: number) =>
      executePlan({ ...emptyPlan, steps: [manyCalls(count)] }, session, () => session);
    expect(await growth(2_000, execute)).toBeLessThan(tooMuchGrowth);
  });
});
