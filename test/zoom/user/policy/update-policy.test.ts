import { describe, expect, it } from '@jest/globals';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import type { Occasion } from '../../../../src/connector/object-class/updateable.js';
import type { UpdatePolicy } from '../../../../src/zoom/user/policy/allowed-changes.js';
import {
  decideAllowedChanges,
  inactiveByRefusal,
  lostByDeactivation,
  staysInactive,
} from '../../../../src/zoom/user/policy/update-policy.js';
import type { UserStatus } from '../../../../src/zoom/user/user-view.js';
import { refusal } from '../../../support/fake-session.js';
import { partly, replaced } from '../../../support/resolved.js';
import { thrownBy } from '../../../support/thrown.js';

const strict: UpdatePolicy = {
  ignoreUpdateErrorOnDisabledUser: false,
  pendingUpdatePolicy: 'fail',
  removePhoneFeatureOnDisabledUser: false,
  updateDisabledUsers: false,
};

interface Given {
  readonly status: UserStatus;
  readonly noOps?: readonly ResolvedChange[];
  readonly occasion?: Occasion;
  readonly policy?: Partial<UpdatePolicy>;
}

function decide(
  { noOps = [], occasion = 'update', policy, status }: Given,
  ...changes: readonly ResolvedChange[]
) {
  const situation = { status, occasion, losses: lostByDeactivation, noOps };
  const allowed = decideAllowedChanges(changes, situation, { ...strict, ...policy });
  const names = (some: readonly ResolvedChange[]) => some.map(({ attribute }) => attribute);
  return {
    ...allowed,
    changes: names(allowed.changes),
    fulfilled: names(allowed.fulfilled),
    warnings: allowed.warnings.map(({ attributes, code }) => [code, ...attributes]),
  };
}

const dept = replaced('DEPT', ['Sales'], ['']);
const enables = replaced('__ENABLE__', [true], [false]);
const disables = replaced('__ENABLE__', [false], [true]);
const staysDisabled = replaced('__ENABLE__', [false], [false]);
const licensed = replaced('TYPE', [2], [1]);
const unlicensed = replaced('TYPE', [1], [2]);
const phoneOff = replaced('ZOOM_PHONE_FEATURE', [false], [true]);
const phoneOn = replaced('ZOOM_PHONE_FEATURE', [true], [false]);
const losesNumber = partly('ZOOM_PHONE_NUMBERS', { remove: ['+12055550001'] }, ['+12055550001']);
const extension = replaced('EXTENSION_NUMBER', ['900'], ['801']);

const idle = {
  changes: [],
  fulfilled: [],
  activate: false,
  deactivate: false,
  warnings: [],
  sideEffects: [],
};

describe('an update without changes', () => {
  it.each(['active', 'inactive', 'pending'] as const)('does nothing to a user who is %s', (status) => {
    expect(decide({ status, noOps: [staysDisabled, dept] })).toEqual(idle);
  });
});

describe('a user who is active', () => {
  it('gets everything', () => {
    expect(decide({ status: 'active' }, dept, licensed)).toEqual({ ...idle, changes: ['DEPT', 'TYPE'] });
  });

  it('is deactivated after everything else', () => {
    expect(decide({ status: 'active' }, disables, dept)).toEqual({
      ...idle,
      changes: ['__ENABLE__', 'DEPT'],
      deactivate: true,
    });
  });

  it('is not given what the deactivation takes away, which is reported', () => {
    expect(decide({ status: 'active' }, disables, licensed, extension, phoneOn)).toEqual({
      ...idle,
      changes: ['__ENABLE__'],
      deactivate: true,
      warnings: [['LOST_BY_DEACTIVATION', 'TYPE', 'EXTENSION_NUMBER', 'ZOOM_PHONE_FEATURE']],
      sideEffects: [
        { attribute: 'TYPE', values: [1] },
        { attribute: 'EXTENSION_NUMBER', values: [] },
        { attribute: 'ZOOM_PHONE_FEATURE', values: [false] },
      ],
    });
  });

  it('is told of what it has, was asked to keep, and loses', () => {
    const noOps = [replaced('TYPE', [2], [2]), replaced('DEPT', ['x'], ['x'])];
    expect(decide({ status: 'active', noOps }, disables)).toMatchObject({
      warnings: [['LOST_BY_DEACTIVATION', 'TYPE']],
      sideEffects: [{ attribute: 'TYPE', values: [1] }],
    });
  });

  it.each([
    ['no licence', unlicensed],
    ['no phone', phoneOff],
    ['one number less', losesNumber],
    ['no bundle', replaced('PLAN_UNITED_TYPE', [], ['1'])],
    ['no Zoom One', replaced('ZOOM_ONE_TYPE', [], ['16'])],
    ['no licences', replaced('LICENSE_INFO', [], ['a:1:b'])],
  ])('gets by the deactivation itself: %s', (_, change) => {
    expect(decide({ status: 'active' }, disables, change)).toEqual({
      ...idle,
      changes: ['__ENABLE__'],
      fulfilled: [change.attribute],
      deactivate: true,
    });
  });
});

describe('a user who is inactive', () => {
  it('is activated first where the update says so', () => {
    expect(decide({ status: 'inactive' }, enables, dept, licensed)).toEqual({
      ...idle,
      changes: ['__ENABLE__', 'DEPT', 'TYPE'],
      activate: true,
    });
  });

  it('is not changed otherwise, and the refusal names everything', () => {
    const { details, kind, message } = thrownBy(() => decide({ status: 'inactive' }, dept, licensed));
    expect(kind).toBe('preconditionFailed');
    expect(message).toContain('inactive');
    expect(details).toMatchObject({ applied: [], notApplied: ['DEPT', 'TYPE'] });
    expect(details.hint).toContain('custom.updateDisabledUsers');
  });

  it.each([
    ['the policy ignores it', { status: 'inactive', policy: { ignoreUpdateErrorOnDisabledUser: true } }],
    ['it was just created', { status: 'inactive', occasion: 'create' }],
    ['it is adopted', { status: 'inactive', occasion: 'adopt' }],
  ] as const)('is left as it is with a warning when %s', (_, given) => {
    expect(decide(given, dept, phoneOff)).toEqual({
      ...idle,
      warnings: [['NOT_APPLIED_INACTIVE', 'DEPT', 'ZOOM_PHONE_FEATURE']],
    });
  });

  const bracketed = { updateDisabledUsers: true };

  it('is activated and deactivated around the changes where the policy says so', () => {
    expect(decide({ status: 'inactive', policy: bracketed }, dept, unlicensed)).toEqual({
      ...idle,
      changes: ['DEPT', 'TYPE'],
      activate: true,
      deactivate: true,
    });
  });

  it('is updated in the bracket even where errors were to be ignored: the first setting decides', () => {
    const policy = { ...bracketed, ignoreUpdateErrorOnDisabledUser: true };
    expect(decide({ status: 'inactive', policy }, dept)).toMatchObject({ changes: ['DEPT'], activate: true });
  });

  it('is given nothing in the bracket that its end takes away', () => {
    expect(decide({ status: 'inactive', policy: bracketed }, dept, licensed, extension)).toEqual({
      ...idle,
      changes: ['DEPT'],
      activate: true,
      deactivate: true,
      warnings: [['LOST_BY_DEACTIVATION', 'TYPE', 'EXTENSION_NUMBER']],
      sideEffects: [
        { attribute: 'TYPE', values: [1] },
        { attribute: 'EXTENSION_NUMBER', values: [] },
      ],
    });
  });

  it('is not activated for nothing else, and reported as it is', () => {
    const unread = replaced('EXTENSION_NUMBER', ['900']);
    expect(decide({ status: 'inactive', policy: bracketed }, licensed, unread)).toEqual({
      ...idle,
      warnings: [['LOST_BY_DEACTIVATION', 'TYPE', 'EXTENSION_NUMBER']],
      sideEffects: [
        { attribute: 'TYPE', values: [1] },
        { attribute: 'EXTENSION_NUMBER', values: [] },
      ],
    });
  });

  const endsPhone = { removePhoneFeatureOnDisabledUser: true };

  it.each([
    ['switched off', phoneOff],
    ['cleared', replaced('ZOOM_PHONE_FEATURE', [], [true])],
  ])('loses its phone in a bracket where the policy says so (%s), with all that comes along', (_, change) => {
    expect(decide({ status: 'inactive', policy: endsPhone }, change, dept)).toMatchObject({
      changes: ['ZOOM_PHONE_FEATURE', 'DEPT'],
      activate: true,
      deactivate: true,
    });
  });

  it.each([
    ['another change', dept],
    ['a phone that is to be had', phoneOn],
    ['a number that goes', losesNumber],
    ['a licence that goes', unlicensed],
  ])('has no bracket by that policy for %s', (_, change) => {
    expect(() => decide({ status: 'inactive', policy: endsPhone }, change)).toThrow('inactive');
  });

  describe('and is to be so once more', () => {
    const again = { status: 'inactive', noOps: [staysDisabled] } as const;

    it.each([false, true])(
      'is reported without what it lost the first time, bracketed: %s',
      (updateDisabledUsers) => {
        expect(decide({ ...again, policy: { updateDisabledUsers } }, licensed, extension)).toEqual({
          ...idle,
          warnings: [['LOST_BY_DEACTIVATION', 'TYPE', 'EXTENSION_NUMBER']],
          sideEffects: [
            { attribute: 'TYPE', values: [1] },
            { attribute: 'EXTENSION_NUMBER', values: ['801'] },
          ],
        });
      },
    );

    it('is refused where something else is to be changed', () => {
      expect(() => decide(again, licensed, dept)).toThrow('inactive');
      expect(() => decide(again, unlicensed)).toThrow('inactive');
    });
  });

  it('is refused the same without being disabled once more', () => {
    expect(() => decide({ status: 'inactive', noOps: [dept] }, licensed)).toThrow('inactive');
  });
});

describe('a user who is pending', () => {
  it('is decided about by the policy of pending users', () => {
    const joins = partly('GROUP_IDS', { add: ['a'] }, []);
    expect(decide({ status: 'pending' }, joins)).toEqual({ ...idle, changes: ['GROUP_IDS'] });
    expect(() => decide({ status: 'pending' }, disables)).toThrow('pending');
  });
});

describe('staying inactive', () => {
  it.each([
    ['inactive', [staysDisabled], true],
    ['inactive', [dept], false],
    ['inactive', [], false],
    ['active', [staysDisabled], false],
    ['pending', [staysDisabled], false],
  ] as const)('of a user who is %s', (status, noOps, expected) => {
    expect(staysInactive(status, noOps)).toBe(expected);
  });
});

describe('a refusal with code 1053', () => {
  it.each(['active', 'pending'] as const)('proves that a user taken for %s is inactive', (status) => {
    expect([...inactiveByRefusal(refusal('preconditionFailed', 400, 1053), status)]).toEqual([
      ['STATUS', ['inactive']],
      ['__ENABLE__', [false]],
    ]);
  });

  it('is no news of an inactive user, and other codes say nothing', () => {
    expect(inactiveByRefusal(refusal('preconditionFailed', 400, 1053), 'inactive').size).toBe(0);
    expect(inactiveByRefusal(refusal('preconditionFailed', 400, 300), 'active').size).toBe(0);
  });
});
