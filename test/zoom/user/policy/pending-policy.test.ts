import { describe, expect, it } from '@jest/globals';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import type { Occasion } from '../../../../src/connector/object-class/updateable.js';
import type { AllowedChanges } from '../../../../src/zoom/user/policy/allowed-changes.js';
import { allowForPending } from '../../../../src/zoom/user/policy/pending-policy.js';
import { partly, replaced } from '../../../support/resolved.js';
import { thrownBy } from '../../../support/thrown.js';

const policyOf = (pendingUpdatePolicy: 'fail' | 'skip') => ({
  pendingUpdatePolicy,
  ignoreUpdateErrorOnDisabledUser: true,
  removePhoneFeatureOnDisabledUser: true,
  updateDisabledUsers: true,
});

function allow(
  changes: readonly ResolvedChange[],
  occasion: Occasion,
  policy: 'fail' | 'skip' = 'fail',
): AllowedChanges {
  return allowForPending(changes, occasion, policyOf(policy));
}

/** Ids of the groups that the user is put into. */
const groupsGiven = ({ changes }: AllowedChanges) => changes.map(({ added }) => added);
/** Codes of the warnings and the attributes they name. */
const warned = ({ warnings }: AllowedChanges) => warnings.map(({ attributes, code }) => [code, attributes]);
const notApplied = (...attributes: string[]) => ['NOT_APPLIED_PENDING', attributes];

const joinsOne = partly('GROUP_IDS', { add: ['a'] }, ['x']);
const joinsTwo = partly('GROUP_IDS', { add: ['a', 'b'] }, ['x']);
const joinsAndLeaves = partly('GROUP_IDS', { add: ['a'], remove: ['x'] }, ['x']);
const movesTo = replaced('GROUP_IDS', ['a'], ['x']);
const leaves = partly('GROUP_IDS', { remove: ['x'] }, ['x']);
const dept = replaced('DEPT', ['Sales'], ['']);
const disables = replaced('__ENABLE__', [false], [true]);

interface Case {
  readonly what: string;
  readonly changes: readonly ResolvedChange[];
  /** Groups given where the update is not refused. */
  readonly given: readonly (readonly string[])[];
  /** Attributes that the warning or the refusal names. */
  readonly refused: readonly string[];
}

/** What Zoom can do for a pending user: one group. */
const cases: readonly Case[] = [
  { what: 'one group', changes: [joinsOne], given: [['a']], refused: [] },
  { what: 'two groups', changes: [joinsTwo], given: [['a']], refused: ['GROUP_IDS'] },
  { what: 'one group for another', changes: [joinsAndLeaves], given: [['a']], refused: ['GROUP_IDS'] },
  { what: 'a list of groups that lacks one', changes: [movesTo], given: [['a']], refused: ['GROUP_IDS'] },
  { what: 'no group any more', changes: [leaves], given: [], refused: ['GROUP_IDS'] },
  { what: 'a department', changes: [dept], given: [], refused: ['DEPT'] },
  { what: 'a department and one group', changes: [dept, joinsOne], given: [['a']], refused: ['DEPT'] },
  {
    what: 'a department and two groups',
    changes: [dept, joinsTwo],
    given: [['a']],
    refused: ['DEPT', 'GROUP_IDS'],
  },
];

describe('a pending user', () => {
  describe.each(cases)('that is to have $what', ({ changes, given, refused }) => {
    const warnings = refused.length === 0 ? [] : [notApplied(...refused)];

    it.each(['create', 'adopt'] as const)(
      'gets one group and warnings on %s, whatever the policy',
      (occasion) => {
        for (const policy of ['fail', 'skip'] as const) {
          const allowed = allow(changes, occasion, policy);
          expect(groupsGiven(allowed)).toEqual(given);
          expect(warned(allowed)).toEqual(warnings);
        }
      },
    );

    it('gets one group and warnings on update when the policy is skip', () => {
      const allowed = allow(changes, 'update', 'skip');
      expect(groupsGiven(allowed)).toEqual(given);
      expect(warned(allowed)).toEqual(warnings);
    });

    it('gets all of it or an error on update when the policy is fail', () => {
      if (refused.length === 0) {
        expect(groupsGiven(allow(changes, 'update'))).toEqual(given);
      } else {
        expect(thrownBy(() => allow(changes, 'update'))).toMatchObject({
          kind: 'preconditionFailed',
          details: { applied: [], notApplied: refused },
        });
      }
    });
  });

  it('is put into one group and nothing else, and stays where it is', () => {
    const expected = { attribute: 'GROUP_IDS', before: ['x'], added: ['a'], removed: [], after: ['x', 'a'] };
    for (const change of [joinsTwo, joinsAndLeaves, movesTo]) {
      expect(allow([change], 'adopt').changes).toMatchObject([expected]);
    }
  });

  it('gets the first of several groups where nothing is known of its present ones', () => {
    const [change] = allow([replaced('GROUP_IDS', ['a', 'b'])], 'create').changes;
    expect(change).toMatchObject({ added: ['a'], after: ['a'] });
  });

  it('is neither activated nor deactivated', () => {
    const none = { activate: false, deactivate: false, fulfilled: [], sideEffects: [] };
    for (const occasion of ['create', 'adopt'] as const) {
      expect(allow([disables, joinsOne], occasion)).toMatchObject(none);
    }
  });

  it.each(['fail', 'skip'] as const)(
    'is not disabled by an update, with policy %s: a delete withdraws',
    (policy) => {
      const { details, kind } = thrownBy(() => allow([joinsOne, disables], 'update', policy));
      expect(kind).toBe('preconditionFailed');
      expect(details).toMatchObject({ applied: [], notApplied: ['GROUP_IDS', '__ENABLE__'] });
      expect(details.hint).toContain('Delete');
    },
  );

  it.each(['create', 'adopt'] as const)(
    'stays enabled on %s, with a warning beside what it gets',
    (occasion) => {
      const allowed = allow([disables, dept, joinsOne], occasion);
      expect(groupsGiven(allowed)).toEqual([['a']]);
      expect(warned(allowed)).toEqual([notApplied('DEPT'), ['NOT_DISABLED_PENDING', ['__ENABLE__']]]);
    },
  );

  it('is told in words what to do', () => {
    const [later, withdraw] = allow([disables, dept], 'create').warnings;
    expect(later?.message).toContain('accepts the invitation');
    expect(withdraw?.message).toContain('Delete');
    const refused = thrownBy(() => allow([dept], 'update'));
    expect(refused.message).toContain('pending');
    expect(refused.details.hint).toContain('pendingUpdatePolicy');
  });
});
