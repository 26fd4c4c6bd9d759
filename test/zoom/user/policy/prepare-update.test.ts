import { describe, expect, it } from '@jest/globals';
import type { Attributes, Values } from '../../../../src/connid/attribute.js';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import { userRestBindings } from '../../../../src/zoom/user/bindings.js';
import {
  prepareUserUpdate,
  stepsAmong,
  type UserPlanning,
} from '../../../../src/zoom/user/policy/prepare-update.js';
import { lostByDeactivation } from '../../../../src/zoom/user/policy/update-policy.js';
import type { UserStatus } from '../../../../src/zoom/user/user-view.js';
import { partly, replaced } from '../../../support/resolved.js';

const usual: UserPlanning = {
  policy: {
    ignoreUpdateErrorOnDisabledUser: false,
    immediateLogoutOnDeactivate: false,
    pendingUpdatePolicy: 'fail',
    removePhoneFeatureOnDisabledUser: false,
    updateDisabledUsers: false,
  },
  emailChangeRefusal: 'fail',
  phoneBundleTypes: ['16'],
  customAttributes: [],
  bindings: userRestBindings,
};

interface Given {
  readonly status?: UserStatus;
  readonly noOps?: readonly ResolvedChange[];
  readonly present?: Attributes;
  readonly record?: unknown;
  readonly planning?: Partial<Omit<UserPlanning, 'policy'>> & {
    readonly policy?: Partial<UserPlanning['policy']>;
  };
}

function prepare(
  { noOps = [], planning, present = new Map(), record, status = 'active' }: Given,
  ...changes: readonly ResolvedChange[]
) {
  const found = { uid: 'U', name: 'jill@example.com', records: new Map([['phoneProfile', record]]) };
  return prepareUserUpdate(
    { uid: 'U', changes, noOps, occasion: 'update' },
    {
      status,
      losses: lostByDeactivation,
      sites: [{ id: 'S', name: 'Main' }],
      state: { found, attributes: present },
    },
    { ...usual, ...planning, policy: { ...usual.policy, ...planning?.policy } },
  );
}

const names = (changes: readonly { readonly attribute: string }[]) =>
  changes.map(({ attribute }) => attribute);
const withPhone: Attributes = new Map<string, Values>([['ZOOM_PHONE_FEATURE', [true]]]);

const dept = replaced('DEPT', ['Sales'], ['']);
const disables = replaced('__ENABLE__', [false], [true]);
const staysDisabled = replaced('__ENABLE__', [false], [false]);
const phoneOff = replaced('ZOOM_PHONE_FEATURE', [false], [true]);
const extension = replaced('EXTENSION_NUMBER', ['900'], ['801']);
const losesNumber = partly('ZOOM_PHONE_NUMBERS', { remove: ['+12055550001'] }, ['+12055550001']);

describe('preparing an update of a user', () => {
  it('leaves to the steps what they plan with', () => {
    expect(prepare({}, dept).stepInput).toEqual({
      status: 'active',
      activate: false,
      deactivate: false,
      logoutAfter: false,
      remainsInactive: false,
      tolerateEmailRefusal: false,
      phone: { bundled: false, awaited: false, numbers: [] },
    });
  });

  it('hands the configuration on to the steps', () => {
    const policy = { immediateLogoutOnDeactivate: true };
    const { stepInput } = prepare({ planning: { policy, emailChangeRefusal: 'warn' } }, dept, disables);
    expect(stepInput).toMatchObject({ deactivate: true, logoutAfter: true, tolerateEmailRefusal: true });
  });

  it('says whether the user is activated, and whether it stays inactive', () => {
    const enables = replaced('__ENABLE__', [true], [false]);
    expect(prepare({ status: 'inactive' }, enables).stepInput).toMatchObject({
      status: 'inactive',
      activate: true,
      remainsInactive: false,
    });
    expect(prepare({ status: 'inactive', noOps: [staysDisabled] }).stepInput.remainsInactive).toBe(true);
  });

  it('leaves out what asks for nothing, also where the state would refuse it', () => {
    const noPhone = replaced('ZOOM_PHONE_FEATURE', [], [false]);
    expect(prepare({ status: 'inactive' }, noPhone)).toMatchObject({ changes: [], warnings: [] });
    const noSiteId = replaced('SITE_ID', [], ['S']);
    const sameName = replaced('SITE_NAME', ['Main'], ['Main']);
    expect(names(prepare({ present: withPhone, noOps: [sameName] }, noSiteId, dept).changes)).toEqual([
      'DEPT',
    ]);
  });

  it('plans the phone with the site, the bundle and the numbers there are', () => {
    const record = { phone_numbers: [{ id: 'n', number: '12055550001' }] };
    const present: Attributes = new Map([...withPhone, ['ZOOM_ONE_TYPE', ['16']] as const]);
    const site = replaced('SITE_NAME', ['Main'], ['Old']);
    expect(prepare({ present, record }, site).stepInput.phone).toMatchObject({
      bundled: true,
      site: { id: 'S' },
      numbers: [{ id: 'n' }],
    });
  });

  it('warns of what the deactivation takes, and not again of what ends with the phone', () => {
    const prepared = prepare({ present: withPhone }, disables, phoneOff, extension);
    expect(names(prepared.changes)).toEqual(['__ENABLE__']);
    expect(names(prepared.fulfilled)).toEqual(['ZOOM_PHONE_FEATURE']);
    expect(prepared.warnings.map(({ attributes, code }) => [code, attributes])).toEqual([
      ['LOST_BY_DEACTIVATION', ['EXTENSION_NUMBER']],
    ]);
    expect(prepared.sideEffects).toEqual([{ attribute: 'EXTENSION_NUMBER', values: [] }]);
  });

  it('warns of what was asked for and ends with the phone, even if it is there already', () => {
    const hasNumber = partly('ZOOM_PHONE_NUMBERS', { add: ['+12055550001'] }, ['+12055550001']);
    const prepared = prepare({ present: withPhone, noOps: [hasNumber] }, phoneOff);
    expect(prepared.warnings).toMatchObject([
      { code: 'LOST_WITH_PHONE', attributes: ['ZOOM_PHONE_NUMBERS'] },
    ]);
    expect(prepared.sideEffects).toEqual([{ attribute: 'ZOOM_PHONE_NUMBERS', values: [] }]);
  });

  it('warns of both in a bracket, each once', () => {
    const plan = partly('ZOOM_PHONE_CALLING_PLANS', { add: [200] }, []);
    const bracket = {
      status: 'inactive',
      present: withPhone,
      planning: { policy: { updateDisabledUsers: true } },
    } as const;
    const prepared = prepare(bracket, phoneOff, plan);
    expect(names(prepared.changes)).toEqual(['ZOOM_PHONE_FEATURE']);
    expect(prepared.warnings.map(({ code }) => code)).toEqual(['LOST_BY_DEACTIVATION']);
  });
});

describe('the steps among a prepared update', () => {
  it('write each attribute, but the deactivation alone what it does by itself', () => {
    const steps = stepsAmong(prepare({ present: withPhone }, disables, losesNumber, dept), userRestBindings);
    expect(steps('ZOOM_PHONE_NUMBERS')).toEqual(['deactivate']);
    expect(steps('DEPT')).toEqual(['profile']);
    expect(steps('__ENABLE__')).toEqual(['activate', 'deactivate']);
    expect(
      stepsAmong(prepare({ present: withPhone }, losesNumber), userRestBindings)('ZOOM_PHONE_NUMBERS'),
    ).toEqual(['phoneFeature', 'phoneRecord', 'phoneNumbers']);
  });
});
