import { describe, expect, it } from '@jest/globals';
import { changeTo } from '../../../src/connid/delta.js';
import type { Call } from '../../../src/connector/object-class/call.js';
import {
  deletePlan,
  emptyPlan,
  planSteps,
  removalPlan,
  type Step,
} from '../../../src/connector/object-class/plan.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';

interface Input {
  readonly on: boolean;
}

const call = (why: string): Call => ({ endpoint: userEndpoints.updateUser, why });
const writes = (changes: ReadonlyMap<string, unknown>) => [...changes.keys()].map(call);
const steps: Readonly<Record<string, readonly string[]>> = {
  A: ['first'],
  B: ['second'],
  C: ['first', 'second'],
};
const stepsOf = (attribute: string) => steps[attribute] ?? [];

function plan(table: readonly Step<Input>[], attributes: readonly string[], on = true) {
  return planSteps(
    table,
    stepsOf,
    attributes.map((name) => changeTo(name, ['x'])),
    { on },
  );
}

describe('planning steps', () => {
  const table: readonly Step<Input>[] = [
    { name: 'first', calls: writes },
    { name: 'second', calls: writes },
  ];

  it('gives each step of the table the changes it writes, in the order of the table', () => {
    const planned = plan(table, ['B', 'C', 'A']);
    expect(planned.map(({ attributes, name }) => [name, attributes])).toEqual([
      ['first', ['C', 'A']],
      ['second', ['B', 'C']],
    ]);
    expect(planned[0]?.calls.map(({ why }) => why)).toEqual(['C', 'A']);
  });

  it('leaves out steps without calls', () => {
    expect(plan(table, ['B']).map(({ name }) => name)).toEqual(['second']);
    expect(plan(table, [])).toEqual([]);
  });

  it('loses no change: one that no step writes is an error of ours, by name', () => {
    expect(() => plan(table, ['A', 'X', 'Y'])).toThrow('No step writes X, Y');
    const silent: Step<Input> = { name: 'first', calls: () => [] };
    expect(() => plan([silent], ['A'])).toThrow('No step writes A');
  });

  it('takes a step for dependent, not guaranteed and without alternative by default', () => {
    expect(plan(table, ['A'])).toEqual([
      {
        name: 'first',
        attributes: ['A'],
        calls: [call('A')],
        dependsOn: [],
        independent: false,
        guaranteed: false,
      },
    ]);
  });

  it('says what the step says of itself, for this input', () => {
    const otherwise = { when: () => true, calls: [] };
    const rows: readonly Step<Input>[] = [
      {
        name: 'first',
        dependsOn: ['a'],
        independent: true,
        guaranteed: ({ on }) => on,
        restores: ({ on }) => (on ? ['R'] : []),
        calls: writes,
        otherwise: (changes, { on }) => (on && changes.has('A') ? otherwise : undefined),
      },
      { name: 'second', dependsOn: ({ on }) => (on ? ['b'] : []), calls: writes },
    ];
    const on = { independent: true, dependsOn: ['a'], guaranteed: true, restores: ['R'], otherwise };
    expect(plan(rows, ['A', 'B'])).toMatchObject([on, { dependsOn: ['b'] }]);
    const [first, second] = plan(rows, ['A', 'B'], false);
    expect(first).toMatchObject({ guaranteed: false, restores: [] });
    expect(first).not.toHaveProperty('otherwise');
    expect(second?.dependsOn).toEqual([]);
  });
});

describe('the plan of a delete', () => {
  it('makes its calls and writes no attribute', () => {
    const step = {
      name: 'delete',
      attributes: [],
      calls: [call('a'), call('b')],
      dependsOn: [],
      independent: false,
      guaranteed: false,
    };
    expect(deletePlan([call('a'), call('b')])).toEqual({ ...emptyPlan, steps: [step] });
  });

  it('says when the object is gone afterwards', () => {
    expect(removalPlan(call('a'))).toEqual({ ...deletePlan([call('a')], ['__UID__']), removes: true });
    expect(emptyPlan).toEqual({ steps: [], warnings: [], sideEffects: [] });
  });
});
