import { describe, expect, it } from '@jest/globals';
import { mayConcernOneValue } from '../../../src/zoom/kit/refused-value.js';
import { refusal } from '../../support/fake-session.js';

describe('a refusal of several values', () => {
  it.each([
    ['a value', refusal('invalidAttributeValue', 400, 300)],
    ['a missing licence', refusal('preconditionFailed', 400, 1109)],
    ['a protected field', refusal('permissionDenied', 400, 200)],
    ['a conflict over SCIM', refusal('preconditionFailed', 409, undefined, 'Cannot add paid users.')],
    ['a name with a telling word', refusal('alreadyExists', 409, undefined, 'Group Inactive users exists.')],
  ])('may concern one of them: %s', (_, error) => {
    expect(mayConcernOneValue(error)).toBe(true);
  });

  it.each([
    ['a disabled user', refusal('preconditionFailed', 400, 1053)],
    ['an expired invitation', refusal('preconditionFailed', 400, 1120)],
    ['a missing scope', refusal('permissionDenied', 400, 4711)],
    ['a refused token', refusal('connectionFailed', 401, 124)],
    ['an unknown user', refusal('unknownUid', 404, 1001)],
    ['a broken answer', refusal('connectorIO', 502)],
    ['a limit', refusal('retryable', 429)],
    [
      'an inactive user over SCIM',
      refusal('preconditionFailed', 400, undefined, 'User is inactive or locked.'),
    ],
    [
      'a hidden user over SCIM',
      refusal('preconditionFailed', 400, undefined, 'User x not exist or not belong.'),
    ],
  ])('concerns all of them: %s', (_, error) => {
    expect(mayConcernOneValue(error)).toBe(false);
  });
});
