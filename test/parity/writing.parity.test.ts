import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { canary } from '../support/canary.js';
import { replace } from '../support/deltas.js';

const objectClass = 'ZoomUser';

interface Body {
  readonly uid: string;
  readonly warnings: readonly { code: string; attributes: readonly string[] }[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly exception?: string;
  readonly applied?: readonly string[];
}

/** Rows 15 to 30 and 36 of the feature list that carried-over resources rely on. */
describe('writing, as resources of the Java connector expect it', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const create = async (attributes: object, on = service) => {
    const answer = await on.post('create', { objectClass, attributes });
    return { status: answer.status, body: answer.body as Body };
  };
  const update = async (uid: string | undefined, deltas: readonly object[], on = service) => {
    const answer = await on.post('update-delta', { objectClass, uid, deltas });
    return { status: answer.status, body: answer.body as Body };
  };
  const read = async (uid: string | undefined, names: readonly string[], on = service) => {
    const answer = await on.post('get', { objectClass, uid, options: { attributesToGet: names } });
    return (answer.body as Body).attributes;
  };
  const member = (index: number, on = service) =>
    on.simulator.state.users.list('active').filter(({ role_id }) => role_id === '2')[index];
  const groupsOf = (on = service) => [...on.simulator.state.groups.all()].map(({ id }) => id);
  const within = async (settings: TestSettings, work: (on: TestService) => Promise<void>) => {
    const on = await startService(settings);
    await work(on);
    await on.close();
  };

  it('row 15: create invites a user', async () => {
    const { body, status } = await create({ EMAIL: 'row15@example.com', FIRST_NAME: 'R' });
    expect(status).toBe(201);
    expect(await read(body.uid, ['STATUS'])).toEqual({ STATUS: 'pending' });
  });

  it.each(['autoCreate', 'custCreate', 'ssoCreate'])(
    'row 16: create with %s makes an active user',
    async (action) => {
      const password = action === 'autoCreate' ? { PASSWORD: canary.password } : {};
      await within({ custom: { userCreateAction: action } }, async (on) => {
        const { body } = await create({ EMAIL: `${action.toLowerCase()}@example.com`, ...password }, on);
        expect(await read(body.uid, ['STATUS'], on)).toEqual({ STATUS: 'active' });
      });
    },
  );

  it('row 17: create applies groups, phone and profile', async () => {
    const groups = groupsOf().slice(0, 2);
    const given = {
      GROUP_IDS: groups,
      JOB_TITLE: 'Engineer',
      ZOOM_PHONE_FEATURE: true,
      ZOOM_PHONE_CALLING_PLANS: [100],
      SITE_NAME: 'Zürich',
      EXTENSION_NUMBER: '5017',
    };
    const { body } = await create({ EMAIL: 'row17@example.com', CREATE_ACTION: 'ssoCreate', ...given });
    expect(body.warnings).toEqual([]);
    const after = await read(body.uid, Object.keys(given));
    expect({ ...after, GROUP_IDS: new Set(after['GROUP_IDS'] as string[]) }).toEqual({
      ...given,
      GROUP_IDS: new Set(groups),
    });
  });

  it.each([
    [false, 409],
    [true, 200],
  ])(
    'row 18: with duplicateErrorReturnsId %s a duplicate is answered %i',
    async (duplicateErrorReturnsId, expected) => {
      await within({ service: { duplicateErrorReturnsId } }, async (on) => {
        const user = member(0, on);
        const { body, status } = await create({ EMAIL: user?.email, FIRST_NAME: 'Same' }, on);
        expect([status, body.uid]).toEqual([expected, user?.id]);
        const [group] = [...on.simulator.state.groups.all()];
        const attributes = { GROUP_NAME: group?.name };
        const answer = await on.post('create', { objectClass: 'ZoomGroup', attributes });
        expect([answer.status, (answer.body as Body).uid]).toEqual([expected, group?.id]);
      });
    },
  );

  const profile = {
    FIRST_NAME: canary.firstName,
    LAST_NAME: canary.lastName,
    LANGUAGE: 'de-DE',
    TIME_ZONE: 'Europe/Zurich',
    PHONE_NUMBER: '5550100',
    PHONE_COUNTRY: 'CH',
    DEPT: 'Research',
    JOB_TITLE: 'Engineer',
    LOCATION: 'Basel',
    COMPANY: 'Example',
    MANAGER: 'boss@example.com',
  };

  it('row 19: the profile and the type are updated', async () => {
    const uid = member(1)?.id;
    const changes = { ...profile, TYPE: member(1)?.type === 1 ? 2 : 1 };
    await update(
      uid,
      Object.entries(changes).map(([name, value]) => replace(name, value)),
    );
    expect(await read(uid, Object.keys(changes))).toEqual(changes);
  });

  it('row 20: attributes are cleared, or it is refused in words', async () => {
    const uid = member(1)?.id;
    const cleared = ['DEPT', 'JOB_TITLE', 'LOCATION', 'COMPANY'];
    expect(
      (
        await update(
          uid,
          cleared.map((name) => replace(name)),
        )
      ).status,
    ).toBe(200);
    expect(await read(uid, cleared)).toEqual({ DEPT: null, JOB_TITLE: null, LOCATION: null, COMPANY: null });
    expect((await update(uid, [replace('TYPE')])).body.exception).toBe('InvalidAttributeValueException');
  });

  it('row 21: a rename goes through its endpoint, and its refusal is never silent', async () => {
    const uid = member(2)?.id;
    expect((await update(uid, [replace('EMAIL', 'row21@example.com')])).status).toBe(200);
    const unmanaged = [replace('EMAIL', 'row21@elsewhere.test')];
    expect((await update(uid, unmanaged)).body.exception).toBe('PermissionDeniedException');
    await within({ custom: { emailChangeRefusal: 'warn' } }, async (on) => {
      const { body } = await update(member(2, on)?.id, unmanaged, on);
      expect(body.warnings).toMatchObject([{ attributes: ['__NAME__'] }]);
    });
  });

  it('rows 22 and 23: a user is disabled with its other changes, logged out, and enabled', async () => {
    await within({ custom: { immediateLogoutOnDeactivate: true } }, async (on) => {
      const uid = member(3, on)?.id;
      on.calls();
      await update(uid, [replace('__ENABLE__', false), replace('LAST_NAME', canary.lastName)], on);
      expect(on.calls().slice(-2)).toEqual([
        `PUT /v2/users/${uid ?? ''}/status 204`,
        `DELETE /v2/users/${uid ?? ''}/token 204`,
      ]);
      const names = ['__ENABLE__', 'LAST_NAME'];
      expect(await read(uid, names, on)).toEqual({ __ENABLE__: false, LAST_NAME: canary.lastName });
      await update(uid, [replace('__ENABLE__', true)], on);
      expect(await read(uid, names, on)).toEqual({ __ENABLE__: true, LAST_NAME: canary.lastName });
    });
  });

  it('row 24: groups are added, removed and replaced from the side of the user', async () => {
    const uid = member(4)?.id;
    const [a, b, c] = groupsOf();
    const groups = async (delta: object) => {
      await update(uid, [{ name: 'GROUP_IDS', ...delta }]);
      return new Set((await read(uid, ['GROUP_IDS']))['GROUP_IDS'] as string[]);
    };
    expect(await groups({ valuesToReplace: [a, b] })).toEqual(new Set([a, b]));
    expect(await groups({ valuesToAdd: [c], valuesToRemove: [a] })).toEqual(new Set([b, c]));
    expect(await groups({ valuesToReplace: [] })).toEqual(new Set());
  });

  it('row 25: phone plans, numbers, site and extension are written each for itself', async () => {
    const uid = member(20)?.id;
    await update(uid, [replace('ZOOM_PHONE_FEATURE', true)]);
    const free = service.simulator.state.phone.numbers.filter(({ owner }) => owner === undefined);
    const wishes = {
      EXTENSION_NUMBER: ['5025'],
      SITE_CODE: [2],
      ZOOM_PHONE_CALLING_PLANS: [100, 101],
      ZOOM_PHONE_NUMBERS: free.slice(0, 2).map(({ number }) => number),
    };
    for (const [name, values] of Object.entries(wishes)) {
      expect((await update(uid, [replace(name, ...values)])).status).toBe(200);
      expect([(await read(uid, [name]))[name]].flat()).toEqual(values);
    }
    await update(uid, [replace('ZOOM_PHONE_NUMBERS'), replace('ZOOM_PHONE_CALLING_PLANS', 200)]);
    expect(await read(uid, ['ZOOM_PHONE_NUMBERS', 'ZOOM_PHONE_CALLING_PLANS'])).toEqual({
      ZOOM_PHONE_NUMBERS: [],
      ZOOM_PHONE_CALLING_PLANS: [200],
    });
  });

  it('row 26: the Workplace type keeps every digit at create and at change', async () => {
    const types = ['576460752303423488', '72057594037927936'];
    const [first, second] = types;
    const given = { EMAIL: 'row26@example.com', CREATE_ACTION: 'ssoCreate', ZOOM_ONE_TYPE: first };
    const { body } = await create(given);
    expect(await read(body.uid, ['ZOOM_ONE_TYPE'])).toEqual({ ZOOM_ONE_TYPE: first });
    await update(body.uid, [replace('ZOOM_ONE_TYPE', second)]);
    expect(await read(body.uid, ['ZOOM_ONE_TYPE'])).toEqual({ ZOOM_ONE_TYPE: second });
  });

  it.each([
    [{}, 412, 'before'],
    [{ ignoreUpdateErrorOnDisabledUser: true }, 200, 'before'],
    [{ updateDisabledUsers: true }, 200, 'after'],
  ])('row 27: an inactive user is updated as %j says', async (custom, status, expected) => {
    await within({ custom }, async (on) => {
      const uid = member(5, on)?.id;
      await update(uid, [replace('DEPT', 'before'), replace('__ENABLE__', false)], on);
      expect((await update(uid, [replace('DEPT', 'after')], on)).status).toBe(status);
      expect(await read(uid, ['DEPT', 'STATUS'], on)).toEqual({ DEPT: expected, STATUS: 'inactive' });
    });
  });

  it.each([
    [{}, 'deactivate', 'PUT'],
    [{ deactivateOnDelete: false, disassociateOnDelete: true }, 'disassociate', 'DELETE'],
    [{ deactivateOnDelete: false }, 'delete', 'DELETE'],
  ])('row 28: delete with %j means %s', async (custom, action, method) => {
    // Zoom disassociates no users of a managed domain.
    await within({ custom, simulator: { managedDomains: ['managed.test'] } }, async (on) => {
      const user = member(6, on);
      await on.post('delete', { objectClass, uid: user?.id }).expect(204);
      const last = on.simulator.requests.at(-1);
      expect(last?.method).toBe(method);
      expect(last?.query['action'] ?? (last?.body as { action: string }).action).toBe(action);
      const [pending] = on.simulator.state.users.list('pending');
      await on.post('delete', { objectClass, uid: pending?.id, nameHint: pending?.email }).expect(204);
      expect(on.simulator.requests.at(-1)?.method).toBe('DELETE');
      expect(on.simulator.requests.at(-1)?.query).toEqual({});
    });
  });

  it('row 29: groups are listed, read by id and name, created, renamed and deleted', async () => {
    await within({ custom: { entitlementDeletionEnabled: true } }, async (on) => {
      const groups = (operation: string, body: object) =>
        on.post(operation, { objectClass: 'ZoomGroup', ...body });
      const made = await groups('create', { attributes: { GROUP_NAME: 'Row 29' } });
      const { uid } = made.body as Body;
      await groups('update-delta', { uid, deltas: [replace('GROUP_NAME', 'Row 29b')] }).expect(200);
      const found = await groups('search', { filter: { equals: { GROUP_NAME: 'row 29B' } } });
      expect((found.body as { results: Body[] }).results).toMatchObject([{ uid, name: 'Row 29b' }]);
      expect(((await groups('search', {})).body as { results: Body[] }).results).toHaveLength(6);
      await groups('delete', { uid }).expect(204);
      await groups('get', { uid }).expect(404);
    });
    await service.post('delete', { objectClass: 'ZoomGroup', uid: groupsOf()[0] }).expect(501);
  });

  it('row 30: an account whose plan has no groups gets an error, never an empty list', async () => {
    await within({ simulator: { plan: 'free' } }, async (on) => {
      const answer = await on.post('search', { objectClass: 'ZoomGroup' });
      expect(answer.body).toMatchObject({ exception: 'PermissionDeniedException' });
    });
  });

  it('row 36: an update that fails half-way says what was applied and what was not', async () => {
    const deltas = [replace('DEPT', 'Done'), replace('GROUP_IDS', 'no-such-group-AAAAAAAA')];
    const { body } = await update(member(7)?.id, deltas);
    expect(body).toMatchObject({
      exception: 'InvalidAttributeValueException',
      applied: ['DEPT'],
      notApplied: ['GROUP_IDS'],
    });
  });
});
