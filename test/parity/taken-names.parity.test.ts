import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserStatus } from '../../src/simulator/state/records.js';
import { FaultFixture } from '../faults/fault-fixture.js';
import { replace } from '../support/deltas.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

async function start(settings: object, simulator: object = {}): Promise<void> {
  service = await startService({ service: settings, simulator });
  fixture = new FaultFixture(service.simulator);
}

/** Look-ups of names that show nobody, although somebody has the name. */
function hideFromLookUps(): void {
  const missing = {
    kind: 'status',
    status: 404,
    body: { code: 1001, message: 'User does not exist.' },
  } as const;
  const empty = { kind: 'status', status: 200, body: { totalResults: 0, Resources: [] } } as const;
  const { faults } = service.simulator;
  faults.add({ match: { method: 'GET', path: '/users/{userId}' }, action: missing });
  for (const path of ['/scim2/Users', '/scim2/Groups']) {
    faults.add({ match: { method: 'GET', path, times: 2 }, action: empty });
  }
}

/** The lists of users fail, over either API. */
function breakLists(): void {
  const broken = { kind: 'status', status: 403, body: { code: 200, message: 'No permission.' } } as const;
  service.simulator.faults.add({ match: { method: 'GET', path: '/users' }, action: broken });
}

const create = (attributes: object, name = objectClass) =>
  service.post('create', { objectClass: name, attributes });

const modes = [
  ['REST', {}],
  ['SCIM alone', { api: 'scim', scimFallback: false }],
] as const;

describe.each(modes)('an address that a look-up misses over %s', (_, settings) => {
  it.each<UserStatus>(['active', 'inactive'])(
    'is found in the lists, before anybody is sent to a foreign owner: %s',
    async (status) => {
      await start(settings);
      const { email, id } = fixture.user(status);
      hideFromLookUps();
      const answer = await create({ EMAIL: email.toUpperCase() }).expect(409);
      expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid: id });
      expect(answer.body).toMatchObject({ detail: expect.not.stringContaining('foreign') as unknown });
    },
  );

  it('is found by a rename, too', async () => {
    await start(settings);
    const [user, other] = [fixture.user(), fixture.user()];
    const answers = service.post('update-delta', {
      objectClass,
      uid: user.id,
      deltas: [replace('EMAIL', other.email)],
    });
    service.simulator.faults.add({
      match: { method: 'GET', path: `/users/*%40*` },
      action: { kind: 'status', status: 404, body: { code: 1001, message: 'User does not exist.' } },
    });
    service.simulator.faults.add({
      match: { method: 'GET', path: '/scim2/Users', times: 1 },
      action: { kind: 'status', status: 200, body: { totalResults: 0, Resources: [] } },
    });
    expect((await answers.expect(409)).body).toMatchObject({
      exception: 'AlreadyExistsException',
      uid: other.id,
    });
  });
});

describe('an address that is taken', () => {
  it('belongs to a foreign account where the lists do not show it', async () => {
    await start({}, { foreignAddress: 'refuse' });
    const address = fixture.address();
    service.simulator.addForeignAddress(address);
    const answer = await create({ EMAIL: address }).expect(409);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('foreign Zoom account') as unknown });
    expect(
      service.calls().filter((call) => call.startsWith('GET /v2/users?') || call === 'GET /v2/users 200'),
    ).not.toEqual([]);
  });

  it('is not said to belong to a foreign account when the lists cannot be read', async () => {
    await start({});
    const { email } = fixture.user();
    hideFromLookUps();
    breakLists();
    const answer = await create({ EMAIL: email }).expect(409);
    const { detail } = answer.body as { detail: string };
    expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException' });
    expect(answer.body).not.toHaveProperty('uid');
    expect(detail).not.toContain('foreign');
    expect(detail).toContain('could not be found out');
  });

  it('is named with the user whom SCIM alone misses, if REST shows it', async () => {
    await start({ api: 'scim' });
    const { email, id } = fixture.user();
    const empty = { kind: 'status', status: 200, body: { totalResults: 0, Resources: [] } } as const;
    service.simulator.faults.add({ match: { method: 'GET', path: '/scim2/Users' }, action: empty });
    const answer = await create({ EMAIL: email }).expect(409);
    expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid: id });
  });

  it.each([{}, { api: 'scim' }])('by a pending user has the remedy for one, over %j', async (settings) => {
    await start(settings);
    const [user, pending, active] = [fixture.user(), fixture.user('pending'), fixture.user()];
    const created = await create({ EMAIL: pending.email }).expect(409);
    const withdraws = expect.stringContaining('withdraws the invitation') as unknown;
    const isPending = expect.stringContaining('invitation is pending') as unknown;
    expect(created.body).toMatchObject({ uid: pending.id, detail: isPending, hint: withdraws });
    const deltas = [replace('EMAIL', pending.email)];
    const renamed = await service.post('update-delta', { objectClass, uid: user.id, deltas }).expect(409);
    expect(renamed.body).toMatchObject({ uid: pending.id, detail: isPending, hint: withdraws });
    const other = await create({ EMAIL: active.email }).expect(409);
    expect(other.body).toMatchObject({ detail: expect.not.stringContaining('pending') as unknown });
  });
});

it('the name of a group that a look-up over SCIM misses is found in the list', async () => {
  await start({ api: 'scim' });
  const [group] = fixture.groups();
  service.simulator.faults.add({
    match: { method: 'GET', path: '/scim2/Groups', times: 2 },
    action: { kind: 'status', status: 200, body: { totalResults: 0, Resources: [] } },
  });
  const answer = await create({ GROUP_NAME: group?.name }, 'ZoomGroup').expect(409);
  expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid: group?.id });
});
