import { describe, expect, it } from '@jest/globals';
import type { Values } from '../../../../src/connid/attribute.js';
import type { Json } from '../../../../src/zoom/kit/json.js';
import { urns } from '../../../../src/zoom/kit/scim.js';
import type { CarriedGroups } from '../../../../src/zoom/user/scim/group-ids.js';
import {
  displacedMembers,
  newResource,
  replacementOf,
  rewritesAfterPut,
} from '../../../../src/zoom/user/scim/replacement.js';
import { scimUser } from '../../../../src/zoom/user/scim/resource.js';
import { scimUserTables } from '../../../../src/zoom/user/scim/tables.js';

const tables = scimUserTables([], true);

type Changes = Readonly<Record<string, Values>>;

interface Given {
  /** The resource as SCIM shows it. */
  readonly resource?: Json;
  /** The record of REST. */
  readonly rest?: Json;
  /** Values written a moment ago. */
  readonly written?: Changes;
  readonly groups?: CarriedGroups;
}

function present({ groups = 'told', resource = {}, rest, written }: Given) {
  const user = scimUser(resource);
  const over = (name: string, read: Values | undefined) =>
    read === undefined ? undefined : (written?.[name] ?? read);
  const records = new Map<string, unknown>([['scimUser', user]]);
  if (rest !== undefined) records.set('user', rest);
  const found = { uid: 'U', name: 'jill', records, ...(written !== undefined && { written: { over } }) };
  return { found, user, groups };
}

const attributes = (changes: Changes) => new Map(Object.entries(changes));
const replace = (given: Given, changes: Changes = {}) =>
  replacementOf(present(given), attributes(changes), tables);
const zoomOf = (given: Given, changes?: Changes) => replace(given, changes)[urns.zoomUser];

const everything = {
  id: 'U',
  meta: { created: 'x' },
  userName: 'jill',
  active: false,
  displayName: 'Jill',
  name: { givenName: 'Jill', familyName: 'Tern' },
  [urns.enterprise]: { department: 'Sales', division: 'North' },
  [urns.login]: { loginType: { sso: true } },
  'urn:future': { x: 1 },
};

describe('the replacement of a user', () => {
  it('carries what the read shows, but what Zoom keeps itself', () => {
    expect(replace({ resource: everything })).toEqual({
      active: true,
      displayName: 'Jill',
      name: everything.name,
      groups: [],
      roles: [],
      [urns.enterprise]: everything[urns.enterprise],
      'urn:future': { x: 1 },
      schemas: [urns.user, urns.enterprise, 'urn:future'],
    });
  });

  it('carries the changes in the place of what was read', () => {
    const changed = replace({ resource: everything }, { DEPT: [], FIRST_NAME: ['Jack'], GROUP_IDS: ['g'] });
    expect(changed).toMatchObject({
      name: { givenName: 'Jack', familyName: 'Tern' },
      [urns.enterprise]: { department: '', division: 'North' },
      groups: [],
    });
  });

  it('carries title and locale as REST shows them, for a read over SCIM does not', () => {
    const rest = { job_title: 'Dr.', location: '' };
    expect(replace({ rest })).toMatchObject({ title: 'Dr.' });
    expect(replace({ rest })['locale']).toBeUndefined();
    expect(replace({})).not.toHaveProperty('title');
    expect(replace({ rest, written: { LOCATION: ['Basel'] } })).toMatchObject({
      title: 'Dr.',
      locale: 'Basel',
    });
    expect(replace({ rest, written: { JOB_TITLE: [] } })).toMatchObject({ title: '' });
    expect(replace({ rest }, { JOB_TITLE: ['Prof.'] })).toMatchObject({ title: 'Prof.' });
  });

  it('carries what was written a moment ago, unless it is changed again', () => {
    const given = { resource: everything, written: { DEPT: ['Lab'], FIRST_NAME: ['Ada'] } };
    expect(replace(given, { FIRST_NAME: ['Bea'] })).toMatchObject({
      name: { givenName: 'Bea' },
      [urns.enterprise]: { department: 'Lab' },
    });
  });
});

describe('roles and groups in a replacement', () => {
  const groups = { value: 'Team', display: 'Team', type: 'direct', more: 1 };
  const resource = { groups, roles: { value: 'Admin' } };

  it('are lists, also where Zoom shows one as an object', () => {
    expect(replace({ resource })).toMatchObject({ groups: [groups], roles: [{ value: 'Admin' }] });
  });

  it('are those that the user is known to be in', () => {
    const other = { value: 'Other', display: 'Other', type: 'direct' };
    expect(replace({ resource, groups: ['Team', 'Other'] })['groups']).toEqual([groups, other]);
    expect(replace({ resource, groups: [] })['groups']).toEqual([]);
  });

  it('are left out where they are not known', () => {
    expect(replace({ resource, groups: 'unknown' })['groups']).toBeUndefined();
  });

  it('are the role given over REST a moment ago by the name that REST shows, or none', () => {
    const written = { ROLE_ID: ['0'] };
    const role = { value: 'Owner', display: 'Owner', primary: true };
    expect(replace({ resource, written, rest: { role_id: '0', role_name: 'Owner' } })['roles']).toEqual([
      role,
    ]);
    expect(
      replace({ resource, written, rest: { role_id: '1', role_name: 'Admin' } })['roles'],
    ).toBeUndefined();
    expect(replace({ resource, written })['roles']).toBeUndefined();
  });
});

describe('licences in a replacement', () => {
  const resource = { [urns.zoomUser]: { zoomOneBizPlus: '16', zoomDocs: true } };

  it('take the place of each other', () => {
    expect(zoomOf({ resource }, { ZOOM_ONE_EDU: ['32'] })).toEqual({ zoomDocs: true, zoomOneEdu: '32' });
  });

  it('that are cleared stay as an empty value, unless another takes their place', () => {
    expect(zoomOf({ resource }, { ZOOM_ONE_BIZ_PLUS: [] })).toEqual({ zoomOneBizPlus: '', zoomDocs: true });
    const swapped = { ZOOM_ONE_BIZ_PLUS: [], ZOOM_ONE_EDU: ['32'] };
    expect(zoomOf({ resource }, swapped)).toEqual({ zoomDocs: true, zoomOneEdu: '32' });
  });

  it('written a moment ago take the place of what is read, and give way to what is given', () => {
    const written = { ZOOM_ONE_EDU: ['32'] };
    expect(zoomOf({ resource, written })).toEqual({ zoomDocs: true, zoomOneEdu: '32' });
    const given = { ZOOM_ONE_ENT_PREMIER: ['64'] };
    expect(zoomOf({ resource, written }, given)).toEqual({ zoomDocs: true, zoomOneEntPremier: '64' });
  });

  it('displace members only when they are given', () => {
    const displaced = (changes: Changes) => [...displacedMembers(attributes(changes), tables)];
    expect(displaced({ ZOOM_REVENUE_ACCELERATOR: [true], DEPT: ['x'] })).toEqual(['zoomIQ']);
    expect(displaced({ ZOOM_ONE_EDU: ['32'] })).toContain('zoomOneBizPlus');
    expect(displaced({ ZOOM_ONE_EDU: [], LANGUAGE: ['x'] })).toEqual([]);
  });
});

describe('the resource of a new user', () => {
  it('has the fields that are given, and somebody who signs on by SSO', () => {
    const given = { __NAME__: ['jill@example.com'], FIRST_NAME: ['Jill'], TYPE: [2], LANGUAGE: ['de-DE'] };
    expect(newResource(attributes(given), tables)).toEqual({
      userName: 'jill@example.com',
      name: { givenName: 'Jill' },
      userType: 'Licensed',
      [urns.login]: { loginType: { workEmail: false, sso: true } },
      schemas: [urns.user, urns.login],
    });
  });
});

describe('what REST writes again after a replacement', () => {
  const rest = { phone_numbers: [{ country: 'GB', code: '+44', number: '2071838750', label: 'Home' }] };
  const coarse = { phoneNumbers: [{ type: 'home', value: '+442071838750' }] };
  const rewrites = (given: Given, some = tables) => rewritesAfterPut(present(given).found, some);

  it('are contact numbers with a country, which SCIM does not carry', () => {
    expect(rewrites({ resource: coarse, rest })).toMatchObject([
      { attribute: 'PROFILE_PHONE_NUMBERS', after: ['tel:+442071838750;label=Home;country=GB'] },
    ]);
  });

  it('are those written a moment ago', () => {
    const written = { PROFILE_PHONE_NUMBERS: ['tel:+15550100'] };
    expect(rewrites({ resource: coarse, rest, written })).toMatchObject([{ after: ['tel:+15550100'] }]);
  });

  it('are none where SCIM carries the same, whatever the order', () => {
    const numbers = ['tel:+442071838750;label=Home', 'tel:+15550100;label=Office'];
    const resource = {
      phoneNumbers: [
        { type: 'office', value: '+15550100' },
        { type: 'home', value: '+442071838750' },
      ],
    };
    expect(rewrites({ resource, rest, written: { PROFILE_PHONE_NUMBERS: numbers } })).toEqual([]);
    const fewer = { PROFILE_PHONE_NUMBERS: numbers.slice(0, 1) };
    expect(rewrites({ resource, rest, written: fewer })).toHaveLength(1);
  });

  it('are none where there are none, or where REST may not be used', () => {
    expect(rewrites({ rest: {} })).toEqual([]);
    expect(rewrites({ resource: coarse })).toEqual([]);
    expect(rewrites({ resource: coarse, rest }, scimUserTables([], false))).toEqual([]);
    const pending = { uid: 'U', name: 'jill', records: new Map([['user', rest]]) };
    expect(rewritesAfterPut(pending, tables)).toEqual([]);
  });
});
