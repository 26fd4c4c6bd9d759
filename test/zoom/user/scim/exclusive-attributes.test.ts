import { describe, expect, it } from '@jest/globals';
import { changeTo } from '../../../../src/connid/delta.js';
import { otherNames, refuseContradictions } from '../../../../src/zoom/user/scim/exclusive-attributes.js';
import { thrownBy } from '../../../support/thrown.js';

describe('two values for one fact', () => {
  const pairs = [
    ['ROLE_ID', 'ROLE_NAME'],
    ['ZOOM_ONE_TYPE', 'ZOOM_ONE_BIZ_PLUS'],
    ['ZOOM_ONE_BIZ_PLUS', 'ZOOM_ONE_EDU'],
    ['EXTENSION_NUMBER', 'ZOOM_PHONE_EXT_NUMBER'],
    ['SITE_ID', 'ZOOM_PHONE_SITE'],
    ['SITE_NAME', 'ZOOM_PHONE_SITE'],
    ['SITE_CODE', 'ZOOM_PHONE_SITE'],
  ] as const;

  it.each(pairs)('are refused by name: %s and %s', (one, other) => {
    for (const refused of [
      thrownBy(() => refuseContradictions([other, 'DEPT', one])),
      thrownBy(() => refuseContradictions([one], [other])),
    ]) {
      expect(refused).toMatchObject({ kind: 'invalidAttributeValue' });
      expect(refused.message).toContain(`${one} and ${other}`);
      expect(refused.details.hint).toContain('one of them');
    }
  });

  it.each([
    [['SITE_ID', 'SITE_NAME', 'SITE_CODE'], []],
    [['ROLE_ID', 'SITE_ID', 'DEPT'], ['EXTENSION_NUMBER']],
    [[], ['ROLE_ID', 'ROLE_NAME']],
    [['DEPT'], ['ROLE_ID', 'ROLE_NAME']],
  ])('are not what %j beside %j are', (changed, kept) => {
    expect(() => refuseContradictions(changed, kept)).not.toThrow();
  });
});

describe('the other names of a fact', () => {
  const namesAfter = (attribute: string, ...values: string[]) =>
    otherNames('U', changeTo(attribute, values)).map(({ name }) => name);

  it('are not known any more after a write', () => {
    expect(otherNames('U', changeTo('ROLE_ID', ['0']))).toEqual([
      {
        objectClass: 'ZoomUser',
        uid: 'U',
        name: 'ROLE_NAME',
        values: [],
        added: [],
        removed: [],
        derived: true,
      },
    ]);
    expect(namesAfter('ROLE_NAME')).toEqual(['ROLE_ID']);
    expect(namesAfter('ZOOM_PHONE_SITE', 'x')).toEqual(['SITE_ID', 'SITE_NAME', 'SITE_CODE']);
    expect(namesAfter('DEPT', 'x')).toEqual([]);
  });

  it('are the other kinds of a bundle that is given, and not of one that is gone', () => {
    expect(namesAfter('ZOOM_ONE_EDU', '1')).toContain('ZOOM_ONE_BIZ_PLUS');
    expect(namesAfter('ZOOM_ONE_EDU', '1')).toContain('ZOOM_ONE_TYPE');
    expect(namesAfter('ZOOM_ONE_EDU', '1')).not.toContain('ZOOM_ONE_EDU');
    expect(namesAfter('ZOOM_ONE_EDU')).toEqual(['ZOOM_ONE_TYPE']);
    expect(namesAfter('ZOOM_ONE_TYPE')).toContain('ZOOM_ONE_BIZ_PLUS');
  });
});
