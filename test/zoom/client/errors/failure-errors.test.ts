import { describe, expect, it } from '@jest/globals';
import type { ZoomEndpoint } from '../../../../src/zoom/kit/endpoint-table.js';
import { type Answer, failureOf } from '../../../../src/zoom/client/errors/answer.js';
import { codeRows } from '../../../../src/zoom/client/errors/error-table.js';
import { failureError } from '../../../../src/zoom/client/errors/failure-errors.js';
import { readBody } from '../../../../src/zoom/client/errors/json-body.js';
import { isPageTokenRefusal } from '../../../../src/zoom/kit/page-refusals.js';
import { groupEndpoints } from '../../../../src/zoom/group/endpoints.js';
import { phoneEndpoints } from '../../../../src/zoom/user/phone/endpoints.js';
import { membershipEndpoints, roleEndpoints, userEndpoints } from '../../../../src/zoom/user/endpoints.js';

const e = {
  ...userEndpoints,
  ...groupEndpoints,
  ...membershipEndpoints,
  ...roleEndpoints,
  ...phoneEndpoints,
};
const scimUser: ZoomEndpoint = { ...e.getUser, id: 'scimGetUser', api: 'scim', path: '/Users/{userId}' };
const scimCreate: ZoomEndpoint = { ...e.createUser, id: 'scimCreateUser', api: 'scim', path: '/Users' };

function answerOf(status: number, body: unknown, headers = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, body: readBody(text) };
}

function errorFor(endpoint: ZoomEndpoint, answer: Answer): ReturnType<typeof failureError> {
  const call = { endpoint, why: 'test' };
  const failure = failureOf(call, answer);
  if (failure === undefined) throw new Error('a success');
  return failureError(call, failure);
}

const scimError = 'urn:ietf:params:scim:api:messages:2.0:Error';

const z = (code: number | string, message: string): unknown => ({ code, message });

/** A refusal, and the kind of error that it becomes. */
type Case = readonly [name: string, endpoint: ZoomEndpoint, status: number, body: unknown, kind: string];

function itBecomes(cases: readonly Case[]): void {
  it.each(cases)('%s', (...row) => {
    const [, endpoint, status, body, kind] = row;
    expect(errorFor(endpoint, answerOf(status, body)).kind).toBe(kind);
  });
}

describe('an error about an object that does not exist', () => {
  itBecomes([
    ['unknown user', e.getUser, 404, z(1001, 'User does not exist: x.'), 'unknownUid'],
    ['unknown user, code as text', e.getUser, 404, z('1001', 'User does not exist: x.'), 'unknownUid'],
    ['unknown group', e.getGroup, 404, z(4130, 'A group with this x does not exist.'), 'unknownUid'],
    [
      'unknown group of a new user',
      e.createUser,
      404,
      z(4130, 'Group does not exist: x.'),
      'invalidAttributeValue',
    ],
    [
      'unknown member',
      e.removeGroupMember,
      404,
      z(4131, 'Group member does not exist.'),
      'preconditionFailed',
    ],
    [
      'unknown role as a value',
      e.addRoleMembers,
      400,
      z(1034, 'Provided role_id does not exist.'),
      'invalidAttributeValue',
    ],
    ['unknown phone site', e.getPhoneUser, 404, z(404, 'Site does not exist.'), 'invalidAttributeValue'],
    [
      'transfer of a deletion to nobody',
      e.deleteUser,
      400,
      { ...(z(300, 'Validation Failed.') as object), errors: [{ field: 'transfer_email', message: 'x' }] },
      'configuration',
    ],
  ]);
});

describe('an error about a name that is taken', () => {
  itBecomes([
    ['duplicate user 409', e.createUser, 409, z(1005, 'Email "x" has already been used.'), 'alreadyExists'],
    ['duplicate user 412', e.createUser, 412, z(1005, 'used'), 'alreadyExists'],
    ['duplicate user 400', e.createUser, 400, z(1005, 'used'), 'alreadyExists'],
    [
      'active elsewhere',
      e.createUser,
      400,
      z(1009, 'The user x already holds an active account.'),
      'alreadyExists',
    ],
    ['duplicate group', e.createGroup, 409, z(4132, 'in use'), 'alreadyExists'],
    ['renamed to a duplicate', e.updateGroup, 409, z(4132, 'in use'), 'alreadyExists'],
    ['bare 409 on creation', e.createUser, 409, '', 'alreadyExists'],
    ['bare 412 on creation', e.createGroup, 412, '', 'alreadyExists'],
    [
      'duplicate that speaks of a domain',
      e.createUser,
      412,
      { message: 'The user already exists in the domain.' },
      'alreadyExists',
    ],
    [
      'bare 400 that says already',
      e.createUser,
      400,
      { message: 'User already in the account' },
      'alreadyExists',
    ],
    ['bare 400 that does not', e.createUser, 400, { message: 'Bad Request' }, 'invalidAttributeValue'],
    ['role name used', { ...e.createGroup, id: 'createRole' }, 400, z(1224, 'used'), 'alreadyExists'],
  ]);
});

describe('an error about the state of the user', () => {
  itBecomes([
    ['expired invitation', e.getUser, 400, z(1120, 'expired'), 'preconditionFailed'],
    ['inactive user', e.updateUser, 400, z(1053, 'disabled'), 'preconditionFailed'],
    [
      'deactivated user on deletion',
      e.deleteUser,
      400,
      z(200, 'Unable to delete this deactivated user. x'),
      'preconditionFailed',
    ],
    ['call-queue manager', e.deleteUser, 400, z(1000, 'manager'), 'preconditionFailed'],
    ['bare 409 on a deletion', e.deleteUser, 409, '', 'preconditionFailed'],
    [
      'managed domain on disassociation',
      e.deleteUser,
      400,
      z(1107, 'You can not disassociate a user with managed domain.'),
      'preconditionFailed',
    ],
  ]);
});

describe('an error about licences and quotas', () => {
  itBecomes([
    [
      'no licence left, without a code',
      e.createUser,
      409,
      { message: 'You have reached the maximum number of licenses.' },
      'preconditionFailed',
    ],
    ['no licence left, 412', e.createUser, 412, { message: 'No licence is left.' }, 'preconditionFailed'],
    ['no licence', e.updateUser, 400, z(3412, 'maximum'), 'preconditionFailed'],
    [
      'password changed too often',
      e.updateUserPassword,
      400,
      z(300, 'already changed the maximum number of times'),
      'preconditionFailed',
    ],
    [
      'group quota',
      e.createGroup,
      400,
      z(300, 'It has reached the maximum number of groups.'),
      'preconditionFailed',
    ],
    [
      'plan not held',
      e.swapCallingPlan,
      400,
      z(404, 'User did not subscribe to the source plan.'),
      'preconditionFailed',
    ],
  ]);
});

describe('an error about an action that is not permitted', () => {
  itBecomes([
    [
      'domain refused, without a code',
      e.createUser,
      412,
      { message: 'The domain is not managed.' },
      'permissionDenied',
    ],
    [
      'role that cannot be assigned',
      e.addRoleMembers,
      400,
      z(300, "Can't delete or add members for Normal/Owner roles."),
      'permissionDenied',
    ],
    ['paid account', e.listGroups, 400, z(200, 'Only available for Paid account.'), 'permissionDenied'],
    [
      'protected user',
      e.updateUserStatus,
      400,
      z(200, "Zoom Room and Admin users' status cannot be activated or deactivated."),
      'permissionDenied',
    ],
    [
      "other admin's e-mail",
      e.updateUserEmail,
      400,
      z(1000, 'Admin can not change other admins email.'),
      'permissionDenied',
    ],
    ['blocked domain', e.createUser, 400, z(1107, 'Email domain is blocked.'), 'permissionDenied'],
    [
      'admin on disassociation',
      e.deleteUser,
      400,
      z(1117, 'You can not disassociate an Admin user.'),
      'permissionDenied',
    ],
    [
      "admin's password",
      e.updateUserPassword,
      400,
      z(1117, "Can not update Admin's password"),
      'permissionDenied',
    ],
    [
      'no phone on the account',
      e.listPhoneUsers,
      403,
      z(2031, 'Zoom Phone has not been enabled for this account.'),
      'permissionDenied',
    ],
    [
      'phone site of another admin',
      e.listPhoneUsers,
      400,
      z(124, 'You do not have permission, because the current site `x` does not belong to the target sites.'),
      'permissionDenied',
    ],
  ]);
});

describe('an error about a value or a setting that Zoom refuses', () => {
  itBecomes([
    ['weak password', e.updateUserPassword, 400, z(1125, 'letter'), 'invalidAttributeValue'],
    ['phone number taken', e.assignPhoneNumbers, 400, z(300, 'Invalid field.'), 'invalidAttributeValue'],
    ['transfer of a deletion', e.deleteUser, 400, z(300, 'transfer_email is wrong'), 'configuration'],
    ['SSO off', e.createUser, 400, z(2002, 'sso'), 'configuration'],
  ]);
});

describe('an error about an answer without a meaning of its own', () => {
  itBecomes([
    ['phone conflict', e.updatePhoneUser, 409, z(409, 'conflict'), 'preconditionFailed'],
    ['page token', e.listUsers, 400, z(300, 'The next page token is invalid or expired.'), 'connectorIO'],
    ['unknown path', e.getUser, 400, z(2300, 'This API endpoint is not recognized.'), 'configuration'],
    ['unknown code, 404', e.getUser, 404, z(98765, 'gone'), 'unknownUid'],
    ['unknown code, 400 on a change', e.updateUser, 400, z(98765, 'odd'), 'invalidAttributeValue'],
    ['unknown code, 400 on a read', e.getUser, 400, z(98765, 'odd'), 'connectorIO'],
    ['a request that Zoom could not read', e.updateUser, 400, z(300, 'No valid JSON.'), 'connectorIO'],
    ['a code that is an object', e.getUser, 404, { code: { a: 1 } }, 'connectorIO'],
    ['a code that is a fraction', e.getUser, 404, z('1001.5', 'x'), 'connectorIO'],
    ['a negative code', e.getUser, 404, { code: -1001, message: 'x' }, 'connectorIO'],
    ['a code under a status beyond Zoom', e.getUser, 999, z(1001, 'User does not exist: x.'), 'connectorIO'],
    ['a code under a redirect', e.getUser, 302, z(1001, 'User does not exist: x.'), 'configuration'],
    ['a part of an answer', e.getUser, 206, { id: 'x' }, 'connectorIO'],
    ['JSON that is no object', e.updateUser, 200, [], 'connectorIO'],
    ['a success with a code of no form', e.updateUser, 200, { code: { a: 1 } }, 'connectorIO'],
    ['a success with a code alone', e.updateUser, 200, { code: 1001 }, 'unknownUid'],
    ['an error of SCIM under 200', scimUser, 200, { schemas: [scimError], detail: 'x' }, 'connectorIO'],
    ['unknown code, 403', e.getUser, 403, z(98765, 'no'), 'permissionDenied'],
    ['unknown code, 500', e.getUser, 500, z(98765, 'oops'), 'connectorIO'],
    ['404 of a proxy, HTML', e.getUser, 404, '<html>', 'connectorIO'],
    [
      '404 of a gateway, JSON without a code',
      e.getUser,
      404,
      { error: 'Not Found', status: 404 },
      'connectorIO',
    ],
  ]);
});

describe('an error of SCIM', () => {
  itBecomes([
    ['unknown', scimUser, 404, { detail: 'User does not exist.', status: 404 }, 'unknownUid'],
    ['404 as text', scimUser, 404, { detail: 'User does not exist.', status: '404' }, 'unknownUid'],
    [
      'pending or foreign',
      scimUser,
      400,
      { detail: 'User a@b.c not exist or not belong to this account.', status: 400 },
      'preconditionFailed',
    ],
    ['taken on POST', scimCreate, 400, { detail: 'The email "a@b.c" is already in use.' }, 'alreadyExists'],
    [
      'taken on PUT',
      { ...scimUser, method: 'PUT' },
      409,
      { detail: "Email ''a@b.c'' has already been used." },
      'alreadyExists',
    ],
    ['no licence', scimCreate, 409, { detail: 'Cannot add paid users.' }, 'preconditionFailed'],
    ['SSO off', scimCreate, 400, { detail: 'Account has not enabled Single Sign-On.' }, 'configuration'],
  ]);
});

describe('the text of an error', () => {
  it('keeps status, code, message and tracking id, and puts no text of Zoom into the message', () => {
    const answer = answerOf(404, z(1001, 'User does not exist: jill@example.com.'), {
      'x-zm-trackingid': 'v=2.0;rid=1',
    });
    const error = errorFor(e.getUser, answer);
    expect(error.details.upstream).toEqual({
      status: 404,
      code: 1001,
      message: 'User does not exist: jill@example.com.',
      trackingId: 'v=2.0;rid=1',
    });
    expect(error.message).toBe('Zoom refused getUser (HTTP 404, code 1001).');
  });

  it('lists the fields that a validation names', () => {
    const body = {
      code: 300,
      message: 'Validation Failed.',
      errors: [{ field: 'user_info.email', message: 'Invalid field.' }],
    };
    expect(errorFor(e.createUser, answerOf(400, body))).toMatchObject({
      kind: 'invalidAttributeValue',
      details: { errors: [{ path: 'user_info.email', message: 'Invalid field.' }] },
    });
  });

  it.each([
    [
      400,
      4711,
      'Invalid access token, does not contain scopes:[user:read:user:admin, user:read:user].',
      'user:read:user:admin or user:read:user',
    ],
    [
      401,
      4711,
      'Invalid access token, does not contain scopes:[user:read:user:admin].',
      'user:read:user:admin',
    ],
    [400, 4700, 'Invalid access token, does not contain role:read:admin scope.', 'role:read:admin'],
    [
      400,
      104,
      'odd',
      'user:read:user:admin or user:read:user or user:read:admin or user:write:admin or user:read or user:write',
    ],
  ])('names the missing scope (%i/%i)', (status, code, message, scopes) => {
    const error = errorFor(e.getUser, answerOf(status, z(code, message)));
    expect(error.kind).toBe('permissionDenied');
    expect(error.message).toContain(`lacks the scope ${scopes}.`);
  });
});

/** The codes that Zoom's documentation lists. */
const listedCodes = `
  104 120 124 200 300 400 403 404 405 409 412 1000 1001 1005 1009 1010 1034 1053 1102 1107
  1108 1109 1116 1117 1120 1122 1123 1124 1125 1126 1127 1128 1129 1130 1131 1136 1151 1204
  1205 1206 1207 1208 1209 1210 1211 1224 1228 1233 1234 1238 1242 2001 2002 2016 2031 2032
  2033 2034 2035 2036 2037 2038 2039 2300 3412 4100 4130 4131 4132 4138 4700 4711 5301 5411
  11321 12007 12008 13800 13801 13802 13803 13804 13805 13806
`
  .trim()
  .split(/\s+/)
  .map(Number);

describe('the codes of Zoom', () => {
  it('of an expired page token are known, all of them', () => {
    const text = 'The next page token is invalid or expired.';
    expect(isPageTokenRefusal(errorFor(e.listUsers, answerOf(400, z(300, text))))).toBe(true);
    expect(isPageTokenRefusal(errorFor(e.listPhoneUsers, answerOf(400, z(400, text))))).toBe(true);
    expect(isPageTokenRefusal(errorFor(e.listPhoneSites, answerOf(400, z(1003100, 'x'))))).toBe(true);
    expect(isPageTokenRefusal(errorFor(e.listUsers, answerOf(400, z(300, 'Invalid field.'))))).toBe(false);
  });

  it('have a row each', () => {
    const known = new Set(codeRows.flatMap(({ codes }) => codes));
    expect(listedCodes.filter((code) => !known.has(code))).toEqual([]);
  });
});
