import { describe, expect, it } from '@jest/globals';
import type { ConnectorError } from '../../../../src/connid/errors.js';
import { type Answer, failureOf, isOtherObject } from '../../../../src/zoom/client/errors/answer.js';
import { failureError } from '../../../../src/zoom/client/errors/failure-errors.js';
import { endpointTable, type ZoomCall, type ZoomEndpoint } from '../../../../src/zoom/kit/endpoint-table.js';
import type { Segment } from '../../../../src/zoom/kit/segments.js';
import { assignRole } from '../../../../src/zoom/user/calls.js';
import { roleEndpoints } from '../../../../src/zoom/user/endpoints.js';
import { phoneEndpoints } from '../../../../src/zoom/user/phone/endpoints.js';

const words = 'the id of a room';
const accepts = (value: string): boolean => /^room-\d+$/.test(value);

/** Reads of something that no class of the connector has, known only by the segment of its path. */
function readRoom(names: Segment['names'], api: ZoomEndpoint['api'] = 'rest'): ZoomCall {
  const { getIt } = endpointTable(api, { getIt: ['GET /rooms/{siteId}', 'light', 'safe', 'a', 'b'] });
  const endpoint = { ...getIt, path: '/rooms/{roomId}', params: { roomId: { accepts, words, names } } };
  return { endpoint, params: { roomId: 'room-1' }, why: 'test' };
}

function errorOf(call: ZoomCall, status: number, value: unknown): ConnectorError {
  const answer: Answer = { status, headers: {}, body: { type: 'json', value } };
  const failure = failureOf(call, answer);
  if (failure === undefined) throw new Error('a success');
  return failureError(call, failure);
}

const notFound = { code: 9404, message: 'Room does not exist: room-1.' };
const oneSite = endpointTable('phone', {
  getPhoneSite: ['GET /phone/sites/{siteId}', 'light', 'safe', 'a', 'b'],
}).getPhoneSite;
const oneRole = endpointTable('rest', {
  getRole: ['GET /roles/{roleId}', 'light', 'safe', 'a', 'b'],
}).getRole;

describe('an id of a kind that nothing but the path knows', () => {
  it('is an unknown uid when Zoom does not know the object', () => {
    expect(errorOf(readRoom('object'), 404, notFound).kind).toBe('unknownUid');
  });

  it('is an unknown uid of Zoom Phone, whose codes repeat the status', () => {
    const answer = { code: 404, message: 'Room does not exist.' };
    expect(errorOf(readRoom('object', 'phone'), 404, answer).kind).toBe('unknownUid');
    expect(errorOf(readRoom('value', 'phone'), 404, answer).kind).toBe('invalidAttributeValue');
  });

  it('leaves the object alone when it is a value, or when the answer has no code of Zoom', () => {
    expect(errorOf(readRoom('value'), 404, notFound).kind).toBe('connectorIO');
    expect(errorOf(readRoom('object'), 404, { message: 'Not found' }).kind).toBe('connectorIO');
  });

  it('must be the id in the answer, unless it is a value', () => {
    expect(isOtherObject(readRoom('object'), { id: 'room-2' })).toBe(true);
    expect(isOtherObject(readRoom('object'), { id: 'room-1' })).toBe(false);
    expect(isOtherObject(readRoom('value'), { id: 'room-2' })).toBe(false);
  });
});

describe('codes that mean an object in one call and a value in another', () => {
  const site = { code: 400, message: 'The site does not exist.' };
  const role = { code: 1034, message: 'Provided role_id does not exist.' };
  const why = 'test';

  it.each([
    ['site that is read', oneSite, 400, site, 'unknownUid'],
    ['site of a phone user', phoneEndpoints.updatePhoneUser, 400, site, 'invalidAttributeValue'],
    [
      'template of a phone user',
      phoneEndpoints.updatePhoneUser,
      404,
      { code: 404, message: 'x' },
      'invalidAttributeValue',
    ],
    ['role that is read', oneRole, 400, role, 'unknownUid'],
    ['role that is changed', { ...oneRole, method: 'PATCH' }, 400, role, 'unknownUid'],
    ['role that is assigned', roleEndpoints.addRoleMembers, 400, role, 'invalidAttributeValue'],
    ['role that is withdrawn', roleEndpoints.removeRoleMember, 400, role, 'invalidAttributeValue'],
  ] as const)('%s', (_, endpoint, status, answer, kind) => {
    expect(errorOf({ endpoint, why }, status, answer).kind).toBe(kind);
  });

  it('a role that a user cannot have is a wrong value of the user, whatever code says so', () => {
    const call = assignRole('Rl0XbIjK9QzyJ2LkwJrGpQ', 'KDcuGIm1QgePTO8WbOqwIQ');
    const refusal = errorOf({ ...call, endpoint: roleEndpoints.addRoleMembers }, 404, notFound);
    expect(refusal.kind).toBe('unknownUid');
    expect(call.refused?.(refusal).kind).toBe('invalidAttributeValue');
  });
});
