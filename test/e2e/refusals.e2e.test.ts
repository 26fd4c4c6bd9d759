import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';
import { canary } from '../support/canary.js';

describe('what is refused', () => {
  let service: TestService;
  let uid: string;

  beforeAll(async () => {
    service = await startService();
    const users = [...service.simulator.state.users.all()];
    uid = users.find((user) => user.role_id === '2' && user.status === 'active')?.id ?? '';
  });
  beforeEach(() => void service.calls());
  afterAll(() => service.close());

  const update = (...deltas: object[]) => ({ objectClass: 'ZoomUser', uid, deltas });
  const create = (attributes: object) => ({ objectClass: 'ZoomUser', attributes });
  const search = (filter: unknown, options?: object) => ({ objectClass: 'ZoomUser', filter, options });

  it.each<[string, string, () => object, number, string]>([
    [
      'an unknown attribute in a create',
      'create',
      () => create({ EMAIL: canary.address, SHOE_SIZE: 9 }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a wrong type',
      'create',
      () => create({ EMAIL: canary.address, TYPE: '1' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'two values for a single-valued attribute',
      'create',
      () => create({ EMAIL: [canary.address, 'b@example.com'] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a create without a name',
      'create',
      () => create({ FIRST_NAME: 'A' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a name that is no address',
      'create',
      () => create({ EMAIL: 'me' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a create action Zoom does not have',
      'create',
      () => create({ EMAIL: canary.address, CREATE_ACTION: 'conjure' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a password where Zoom takes none',
      'create',
      () => create({ EMAIL: canary.address, PASSWORD: canary.password, CREATE_ACTION: 'ssoCreate' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'an attribute of the old connector',
      'create',
      () => create({ EMAIL: canary.address, ZOOM_ONE_FEATURE_TYPE: '1' }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'an unknown attribute in a delta',
      'update-delta',
      () => update({ name: 'SHOE_SIZE', valuesToReplace: [9] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'a read-only attribute in a delta',
      'update-delta',
      () => update({ name: 'STATUS', valuesToReplace: ['active'] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'clearing the name',
      'update-delta',
      () => update({ name: '__NAME__', valuesToReplace: [] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'clearing the enabled state',
      'update-delta',
      () => update({ name: '__ENABLE__', valuesToReplace: null }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'replace and add in one delta',
      'update-delta',
      () => update({ name: 'GROUP_IDS', valuesToReplace: [], valuesToAdd: [] }),
      400,
      'IllegalArgumentException',
    ],
    [
      'a group id that is a path',
      'update-delta',
      () => update({ name: 'GROUP_IDS', valuesToAdd: ['../users'] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'an unknown attribute in a filter',
      'search',
      () => search({ equals: { SHOE_SIZE: 9 } }),
      400,
      'InvalidAttributeValueException',
    ],
    ['a malformed filter', 'search', () => search({ like: { EMAIL: 'a' } }), 400, 'IllegalArgumentException'],
    [
      'an unknown attribute to get',
      'search',
      () => search(undefined, { attributesToGet: ['SHOE_SIZE'] }),
      400,
      'InvalidAttributeValueException',
    ],
    [
      'an unknown object class',
      'search',
      () => ({ objectClass: 'NONEXISTING' }),
      501,
      'UnsupportedOperationException',
    ],
    [
      'deleting a group while that is switched off',
      'delete',
      () => ({ objectClass: 'ZoomGroup', uid }),
      501,
      'UnsupportedOperationException',
    ],
    ['a body without an object class', 'get', () => ({ uid }), 400, 'IllegalArgumentException'],
  ])('%s', async (_, operation, body, status, exception) => {
    const answer = await service.post(operation, body());
    expect(answer.body).toMatchObject({ status, exception });
    expect(answer.status).toBe(status);
    expect(service.calls()).toEqual([]);
  });

  it.each(['me', '.', '..', 'summary', '../users', 'a/b', '%2e%2e', ' ', 'x'.repeat(5000), 'ü@'])(
    'the uid %j is nobody, and Zoom is not asked',
    async (odd) => {
      for (const [operation, body] of [
        ['get', { objectClass: 'ZoomUser', uid: odd }],
        ['get', { objectClass: 'ZoomGroup', uid: odd }],
        [
          'update-delta',
          { ...update({ name: 'LAST_NAME', valuesToReplace: ['X'] }), uid: odd, nameHint: odd },
        ],
        [
          'update-delta',
          { objectClass: 'ZoomGroup', uid: odd, deltas: [{ name: '__NAME__', valuesToReplace: ['X'] }] },
        ],
        ['delete', { objectClass: 'ZoomUser', uid: odd }],
      ] as const) {
        const answer = await service.post(operation, body);
        expect([operation, answer.status, (answer.body as { exception: string }).exception]).toEqual([
          operation,
          404,
          'UnknownUidException',
        ]);
      }
      expect(service.calls()).toEqual([]);
    },
  );

  it.each(['get', 'update-delta', 'delete'])('%s of a user that is not there', async (operation) => {
    const stranger = {
      ...update({ name: 'LAST_NAME', valuesToReplace: ['X'] }),
      uid: 'KDcuGIm1QgePTO8WbOqwIQ',
    };
    const { deltas, ...addressed } = stranger;
    const answer = await service.post(
      operation,
      operation === 'update-delta' ? { ...addressed, deltas } : addressed,
    );
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ exception: 'UnknownUidException', requestId: expect.any(String) });
  });

  it('a search for somebody who is not there finds nobody', async () => {
    for (const filter of [
      { equals: { __UID__: 'KDcuGIm1QgePTO8WbOqwIQ' } },
      { equals: { EMAIL: 'no@example.com' } },
    ]) {
      expect((await service.post('search', search(filter))).body).toMatchObject({ results: [] });
    }
  });

  it('never repeats a value of the request in an error', async () => {
    const answer = await service.post('create', create({ EMAIL: 'not an address with canary-7f3' }));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('canary-7f3');
  });
});

describe('group names', () => {
  it('collide whatever their case, and a rename to a taken one is refused', async () => {
    const service = await startService();
    const [first, second] = [...service.simulator.state.groups.all()];
    const taken = first?.name.toUpperCase();
    const created = await service.post('create', {
      objectClass: 'ZoomGroup',
      attributes: { GROUP_NAME: taken },
    });
    expect(created.body).toMatchObject({ exception: 'AlreadyExistsException', uid: first?.id });
    const deltas = [{ name: '__NAME__', valuesToReplace: [first?.name] }];
    const renamed = await service.post('update-delta', { objectClass: 'ZoomGroup', uid: second?.id, deltas });
    expect(renamed.body).toMatchObject({ exception: 'AlreadyExistsException' });
    await service.close();
  });
});
