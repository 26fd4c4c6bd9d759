import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../src/connector/object-class/call.js';
import { requestPath } from '../../../src/zoom/client/transport.js';
import { groupEndpoints } from '../../../src/zoom/group/endpoints.js';
import { zoomCall } from '../../../src/zoom/kit/endpoint-table.js';
import { type Segment, segments } from '../../../src/zoom/kit/segments.js';
import { roleEndpoints, userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { phoneEndpoints } from '../../../src/zoom/user/phone/endpoints.js';
import { getUserByEmployeeId } from '../../../src/zoom/user/calls.js';
import { assertProperty } from '../../support/assert-property.js';

const getUser = (userId: string): Call => ({
  endpoint: userEndpoints.getUser,
  params: { userId },
  why: 'test',
});
const pathOf = (call: Call): string => requestPath(zoomCall(call));
const errorOf = (call: Call): unknown => {
  try {
    return pathOf(call);
  } catch (error) {
    return error;
  }
};

describe('request paths', () => {
  it.each([
    ['KDcuGIm1QgePTO8WbOqwIQ', '/users/KDcuGIm1QgePTO8WbOqwIQ'],
    ['-gbbm4KGTsSvL5zmELDJdw', '/users/-gbbm4KGTsSvL5zmELDJdw'],
    ['k&KdKr6TLWuxdDtk0hjSzL', '/users/k%26KdKr6TLWuxdDtk0hjSzL'],
    ['a/b+c=aaaaaaaaaaaaaaaa', '/users/a%2Fb%2Bc%3Daaaaaaaaaaaaaaaa'],
    ['jill+x@example.com', '/users/jill%2Bx%40example.com'],
    ['a/...b@example.com', '/users/a%2F...b%40example.com'],
  ])('encodes %s', (userId, path) => {
    expect(pathOf(getUser(userId))).toBe(path);
  });

  it.each([
    'me',
    '.',
    '..',
    'summary',
    '',
    'email',
    'KDcuGIm1QgePTO8WbOqwIQ/..',
    '../x@example.com',
    'x/./y@example.com',
    'x@example.com/..',
    'x\\..\\y@example.com',
    'a b@example.com',
    'a\n@b.c',
    '@',
    'x@',
    '\ud800@b.c',
    `${'a'.repeat(400)}@b.c`,
  ])('refuses the user %j as an unknown uid', (userId) => {
    expect(errorOf(getUser(userId))).toMatchObject({ kind: 'unknownUid' });
  });

  it.each([
    ['E 7', '/users/E%207?search_by_unique_id=true'],
    ['0042', '/users/0042?search_by_unique_id=true'],
    ['a@b', '/users/a%40b?search_by_unique_id=true'],
  ])('takes %s for an employee id in the one call that looks for it', (employeeId, path) => {
    expect(pathOf(getUserByEmployeeId(employeeId))).toBe(path);
    expect(errorOf(getUser(employeeId === 'a@b' ? 'x' : employeeId))).toMatchObject({ kind: 'unknownUid' });
  });

  it.each([
    '',
    'me',
    'ME',
    'email',
    'summary',
    '.',
    '..',
    'a/b',
    'a\\b',
    ' x',
    'a\n',
    '\ud800',
    'x'.repeat(400),
  ])('refuses the employee id %j', (employeeId) => {
    expect(errorOf(getUserByEmployeeId(employeeId))).toMatchObject({ kind: 'invalidAttributeValue' });
  });

  it('refuses an address where only the id of a group can stand', () => {
    const call = { endpoint: groupEndpoints.getGroup, params: { groupId: 'a@example.com' }, why: 'test' };
    expect(errorOf(call)).toMatchObject({ kind: 'unknownUid' });
  });

  it('refuses the uid of a role as an unknown uid', () => {
    const params = { roleId: '3', memberId: 'KDcuGIm1QgePTO8WbOqwIQ' };
    const call = { endpoint: roleEndpoints.removeRoleMember, params, why: 'test' };
    expect(errorOf(call)).toMatchObject({ kind: 'unknownUid' });
    expect(errorOf({ ...call, params: { ...params, roleId: '2' } })).toContain('/roles/2/members/');
  });

  it('refuses other values as values', () => {
    const params = { userId: 'KDcuGIm1QgePTO8WbOqwIQ', planType: 'x' };
    const call = { endpoint: phoneEndpoints.removeCallingPlan, params, why: 'test' };
    expect(errorOf(call)).toMatchObject({ kind: 'invalidAttributeValue' });
    expect(errorOf({ ...call, params: { ...params, planType: '200' } })).toContain('/calling_plans/200');
  });

  it.each(Object.entries(segments))('refuses a bad %s by what it names', (name, segment: Segment) => {
    const endpoint = { ...userEndpoints.getUser, path: `/a/{${name}}`, params: { [name]: segment } };
    const error = errorOf({ endpoint, params: { [name]: '..' }, why: 'test' });
    expect(error).toMatchObject({
      kind: segment.names === 'object' ? 'unknownUid' : 'invalidAttributeValue',
    });
    expect(String(error)).toContain(segment.words);
  });

  it('appends the query and leaves out what is undefined', () => {
    const query = { page_size: 300, next_page_token: undefined, email: 'a+b@example.com' };
    expect(pathOf({ endpoint: userEndpoints.listUsers, query, why: 'test' })).toBe(
      '/users?page_size=300&email=a%2Bb%40example.com',
    );
  });

  it('repeats no value in its message', () => {
    expect(String(errorOf(getUser('..secret..')))).not.toContain('secret');
  });

  it('never lets a value change the path it stands in', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('.', '..', '%2e%2e', '../me@x', 'a@b/../..'),
      fc.stringMatching(/^[A-Za-z0-9_\-+/=&]{20,40}$/),
      fc.emailAddress(),
    );
    assertProperty(
      fc.property(fc.constantFrom(...Object.values(segments)), value, (segment: Segment, x) => {
        fc.pre(segment.accepts(x));
        const endpoint = { ...userEndpoints.getUser, path: '/a/{x}/b', params: { x: segment } };
        const url = new URL(`https://zoom.test/v2${pathOf({ endpoint, params: { x }, why: 'test' })}`);
        const segments = url.pathname.split('/');
        expect(segments).toHaveLength(5);
        expect(decodeURIComponent(segments[3] ?? '')).toBe(x);
      }),
    );
  });
});
