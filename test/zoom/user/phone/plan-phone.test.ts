import { describe, expect, it } from '@jest/globals';
import type { Attributes, Values } from '../../../../src/connid/attribute.js';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import type { Occasion } from '../../../../src/connector/object-class/updateable.js';
import { isIdle, isPhoneAttribute, planPhone } from '../../../../src/zoom/user/phone/plan-phone.js';
import { partly, replaced } from '../../../support/resolved.js';
import { thrownBy } from '../../../support/thrown.js';

interface Given {
  readonly present?: Readonly<Record<string, Values>>;
  readonly occasion?: Occasion;
  readonly noOps?: readonly ResolvedChange[];
  readonly bundleTypes?: readonly string[];
}

const sites = [
  { id: 'S1', name: 'Main', site_code: 11 },
  { id: 'S2', name: 'Branch', site_code: 12 },
];

function plan(
  { bundleTypes = [], noOps = [], occasion = 'update', present = {} }: Given,
  ...changes: readonly ResolvedChange[]
) {
  const attributes: Attributes = new Map(Object.entries(present));
  const requested = [...changes, ...noOps];
  const record = { phone_numbers: [{ id: 'n', number: '+12055550001' }] };
  return planPhone({ changes, requested, present: attributes, record, sites, occasion, bundleTypes });
}

const hasPhone = { ZOOM_PHONE_FEATURE: [true] };
const turnsOn = replaced('ZOOM_PHONE_FEATURE', [true], [false]);
const turnsOff = replaced('ZOOM_PHONE_FEATURE', [false], [true]);
const dept = replaced('DEPT', ['Sales'], ['']);
const extension = replaced('EXTENSION_NUMBER', ['900'], ['801']);
const numbers = [{ id: 'n', number: '+12055550001' }];

describe('the phone of an update', () => {
  it('is not touched where no change belongs to it', () => {
    expect(plan({}, dept)).toEqual({
      changes: [dept],
      phone: { bundled: false, awaited: false, numbers },
      warnings: [],
      sideEffects: [],
    });
  });

  it('is written to where the user has one', () => {
    expect(plan({ present: hasPhone }, dept, extension)).toEqual({
      changes: [dept, extension],
      phone: { bundled: false, awaited: false, numbers },
      warnings: [],
      sideEffects: [],
    });
  });

  it('is switched on and waited for', () => {
    expect(plan({}, turnsOn, extension).phone).toMatchObject({ turn: 'on', awaited: true });
    expect(plan({ present: { ZOOM_PHONE_FEATURE: [false] } }, turnsOn).phone).toMatchObject({
      awaited: true,
    });
  });

  it('is not waited for where it was there before', () => {
    expect(plan({ present: hasPhone }, turnsOn).phone).toMatchObject({ turn: 'on', awaited: false });
  });

  it('is waited for after a create, whose call has switched it on', () => {
    const { phone } = plan({ occasion: 'create' }, extension);
    expect(phone).toMatchObject({ awaited: true });
    expect(phone).not.toHaveProperty('turn');
  });

  it.each(['update', 'adopt'] as const)('is missed on %s where the user has none', (occasion) => {
    const refused = thrownBy(() => plan({ occasion }, extension, dept));
    expect(refused).toMatchObject({
      kind: 'preconditionFailed',
      details: { applied: [], notApplied: ['EXTENSION_NUMBER'] },
    });
    expect(refused.details.hint).toContain('ZOOM_PHONE_FEATURE');
  });

  it('belongs to a bundle that the user has or gets', () => {
    const bundleTypes = ['16'];
    const isBundled = (present: Given['present'], ...changes: ResolvedChange[]) =>
      plan({ bundleTypes, present: { ...hasPhone, ...present } }, extension, ...changes).phone.bundled;
    expect(isBundled({ ZOOM_ONE_TYPE: ['16'] })).toBe(true);
    expect(isBundled({ ZOOM_ONE_TYPE: ['32'] })).toBe(false);
    expect(isBundled({})).toBe(false);
    expect(isBundled({ ZOOM_ONE_TYPE: ['32'] }, replaced('ZOOM_ONE_TYPE', ['16'], ['32']))).toBe(true);
    expect(isBundled({ ZOOM_ONE_TYPE: ['16'] }, replaced('ZOOM_ONE_TYPE', [], ['16']))).toBe(false);
  });

  it('moves to the site that is asked for, also by what the user has already', () => {
    const moves = replaced('SITE_CODE', [12], [11]);
    const same = replaced('SITE_NAME', ['Branch'], ['Branch']);
    expect(plan({ present: hasPhone, noOps: [same] }, moves).phone.site).toMatchObject({ id: 'S2' });
    const other = replaced('SITE_NAME', ['Main'], ['Main']);
    expect(() => plan({ present: hasPhone, noOps: [other] }, moves)).toThrow('different phone sites');
  });

  it.each([
    ['EXTENSION_NUMBER', replaced('EXTENSION_NUMBER', [], ['801'])],
    ['ZOOM_PHONE_STATUS', replaced('ZOOM_PHONE_STATUS', [], ['activate'])],
    ['SITE_ID', replaced('SITE_ID', [], ['S1'])],
  ])('keeps its %s', (attribute, change) => {
    const refused = thrownBy(() => plan({ present: hasPhone }, dept, change));
    expect(refused).toMatchObject({ kind: 'invalidAttributeValue' });
    expect(refused.message).toContain(attribute);
    expect(refused.details.hint).toContain('ZOOM_PHONE_FEATURE');
  });

  it('can lose all its numbers and calling plans', () => {
    const cleared = [
      replaced('ZOOM_PHONE_NUMBERS', [], ['+12055550001']),
      replaced('ZOOM_PHONE_CALLING_PLANS', [], [100]),
    ];
    expect(plan({ present: hasPhone }, ...cleared).changes).toEqual(cleared);
  });
});

describe('the end of a phone', () => {
  const plans = partly('ZOOM_PHONE_CALLING_PLANS', { remove: [100] }, [100]);

  it.each([turnsOff, replaced('ZOOM_PHONE_FEATURE', [], [true])])('fulfils what is to go with it', (ends) => {
    expect(plan({ present: hasPhone }, ends, plans, dept)).toEqual({
      changes: [ends, plans, dept],
      phone: { bundled: false, awaited: false, numbers, turn: 'off' },
      warnings: [],
      sideEffects: [],
    });
  });

  it('takes along what is asked for at the same time, with a warning', () => {
    const { phone, sideEffects, warnings } = plan({ present: hasPhone }, turnsOff, extension, plans, dept);
    expect(phone.turn).toBe('off');
    expect(warnings).toMatchObject([{ code: 'LOST_WITH_PHONE', attributes: ['EXTENSION_NUMBER'] }]);
    expect(sideEffects).toEqual([{ attribute: 'EXTENSION_NUMBER', values: [] }]);
  });

  it('needs no call where there is no phone, nor does what was to come with it', () => {
    const stays = replaced('ZOOM_PHONE_FEATURE', [false], [false]);
    const { changes, phone, warnings } = plan({ noOps: [stays] }, extension, dept);
    expect(changes).toEqual([dept]);
    expect(phone).not.toHaveProperty('turn');
    expect(warnings).toMatchObject([{ attributes: ['EXTENSION_NUMBER'] }]);
  });
});

describe('a change of the phone that asks for nothing', () => {
  const noSite = replaced('SITE_ID', [], ['S1']);
  const site = replaced('SITE_NAME', ['Main'], ['Old']);

  it.each([
    ['no phone for a user without one', replaced('ZOOM_PHONE_FEATURE', [], [false]), [], true],
    ['no phone for a user with one', turnsOff, [], false],
    ['a phone', turnsOn, [], false],
    ['no phone for a user of whom that is not known', replaced('ZOOM_PHONE_FEATURE', [false]), [], false],
    ['no site by one attribute and a site by another', noSite, [site], true],
    ['no site', noSite, [dept], false],
    ['a site', site, [noSite, replaced('SITE_ID', ['S1'])], false],
    ['no extension beside a site', replaced('EXTENSION_NUMBER', [], ['801']), [site], false],
  ] as const)('is, or is not, one for %s', (_, change, others, expected) => {
    expect(isIdle(change, [change, ...others])).toBe(expected);
  });

  it('is told by its attribute', () => {
    expect(['SITE_ID', 'ZOOM_PHONE_FEATURE', 'DEPT', 'PHONE_NUMBER'].map(isPhoneAttribute)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
