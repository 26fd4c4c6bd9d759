import { expect, it } from '@jest/globals';
import { failureOf } from '../../../../src/zoom/client/errors/answer.js';
import { failureError } from '../../../../src/zoom/client/errors/failure-errors.js';
import { readBody } from '../../../../src/zoom/client/errors/json-body.js';
import { scimEndpoints } from '../../../../src/zoom/kit/scim.js';

const { createScimUser: create, listScimUsers: list, replaceScimUser: replace } = scimEndpoints;

it.each([
  [create, 409, 'The email "my.licence@example.com" is already in use.', 'alreadyExists', 'address'],
  [create, 412, 'The email "a@domain.example" is already in use.', 'alreadyExists', 'address'],
  [create, 412, 'Conflict.', 'alreadyExists', 'conflict'],
  [create, 409, '', 'alreadyExists', 'conflict'],
  [create, 409, 'Something else.', 'preconditionFailed', 'upstream'],
  [replace, 409, "Email ''domain@example.com'' has already been used.", 'alreadyExists', 'address'],
  [create, 409, 'Cannot create more users with Zoom United Plan.', 'preconditionFailed', 'licence'],
  [replace, 409, 'Cannot add paid users.', 'preconditionFailed', 'licence'],
  [replace, 409, 'The Zoom United Plan is invalid.', 'preconditionFailed', 'code'],
  [create, 409, 'The email domain does not match the associated domain.', 'permissionDenied', 'domain'],
  [
    list,
    400,
    'User already.admin@x.example not exist or not belong to this account.',
    'preconditionFailed',
    '',
  ],
  [list, 400, 'Account has not enabled Single Sign-On.', 'configuration', 'vanity URL'],
  [list, 401, 'Unauthorized', 'connectionFailed', 'security.scim.bearerToken'],
] as const)('%j, %i: %s', (endpoint, status, detail, kind, hint) => {
  const call = { endpoint, why: 'test' };
  const text = JSON.stringify({ detail, status: String(status) });
  const failure = failureOf(call, { status, headers: {}, body: readBody(text) });
  if (failure === undefined) throw new Error('a success');
  expect(failureError(call, failure)).toMatchObject({
    kind,
    details: { hint: expect.stringContaining(hint) as unknown },
  });
});
