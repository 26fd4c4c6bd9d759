import { describe, expect, it } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { setUpFaults } from './run-case.js';
import { canary } from '../support/canary.js';

const lost = { kind: 'drop', when: 'after' } as const;

function strike(service: TestService, method: string, path: string, nth: number, action: FaultAction): void {
  service.simulator.faults.add({ match: { method, path, nth }, action });
}

/** An answer to a look that knows nothing of the lost call yet. */
const nobody: FaultAction = {
  kind: 'status',
  status: 404,
  body: { code: 1001, message: 'User does not exist.' },
};
const noGroups: FaultAction = {
  kind: 'status',
  status: 200,
  body: { groups: [], total_records: 0, next_page_token: '' },
};

const duplicates = ([412, 409, 400] as const).flatMap((duplicateStatus) =>
  (['code', 'plain'] as const).map((duplicateBody) => ({ duplicateStatus, duplicateBody })),
);

describe.each(duplicates)(
  'a lost create whose repetition collides with it ($duplicateStatus, $duplicateBody)',
  (simulator) => {
    const settings: TestSettings = { simulator: { groups: 2, ...simulator } };

    it('gives the one user and its uid', async () => {
      const service = await startService(settings, { client: { random: () => 0 } });
      strike(service, 'POST', '/users', 1, lost);
      strike(service, 'GET', '/users/{userId}', 2, nobody);
      const name = canary.address;
      const answer = await service.post('create', {
        objectClass: 'ZoomUser',
        attributes: { __NAME__: name },
      });
      expect(service.calls().map((call) => call.replace(/\/[^/]+%40[^ ]+/, ''))).toEqual([
        'GET /v2/users 404',
        'POST /v2/users 0',
        'GET /v2/users 404',
        `POST /v2/users ${simulator.duplicateStatus}`,
        'GET /v2/users 200',
      ]);
      const made = [...service.simulator.state.users.all()].filter(({ email }) => email === name);
      expect({ status: answer.status, body: answer.body as unknown }).toEqual({
        status: 201,
        body: { uid: made[0]?.id, name, warnings: [] },
      });
      expect(made).toHaveLength(1);
      await service.close();
    });

    it('gives the one group and its id', async () => {
      const service = await startService(settings, { client: { random: () => 0 } });
      strike(service, 'POST', '/groups', 1, lost);
      strike(service, 'GET', '/groups', 2, noGroups);
      const name = 'Lost and found';
      const answer = await service.post('create', {
        objectClass: 'ZoomGroup',
        attributes: { __NAME__: name },
      });
      const made = service.simulator.state.groups.all().filter((group) => group.name === name);
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({ uid: made[0]?.id, name, warnings: [] });
      expect(made).toHaveLength(1);
      await service.close();
    });
  },
);

it('a lost create of a group is found on whichever page the group is', async () => {
  const service = await startService({ simulator: { groups: 650 } }, { client: { random: () => 0 } });
  strike(service, 'POST', '/groups', 1, lost);
  const answer = await service.post('create', {
    objectClass: 'ZoomGroup',
    attributes: { __NAME__: 'The last one' },
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ uid: service.simulator.state.groups.byName('The last one')?.id });
  expect(service.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
  await service.close();
});

describe('members whose addition is repeated', () => {
  /** Zoom may name only those it has added just now. */
  const noneAdded: FaultAction = {
    kind: 'status',
    status: 201,
    body: { ids: '', added_at: '2026-01-01T00:00:00Z' },
  };

  it('are no failure when they are members, whoever made them so', async () => {
    const { service, fixture } = await setUpFaults();
    const [group, first, second] = [fixture.group(), fixture.user(), fixture.user()];
    strike(service, 'POST', '/groups/{groupId}/members', 1, lost);
    strike(service, 'POST', '/groups/{groupId}/members', 2, noneAdded);
    const deltas = [{ name: 'MEMBER_IDS', valuesToAdd: [first.id, second.id] }];
    const answer = await service.post('update-delta', { objectClass: 'ZoomGroup', uid: group.id, deltas });
    expect(answer.status).toBe(200);
    expect(group.members).toEqual([first, second]);
    await service.close();
  });

  it('are a failure when they are none', async () => {
    const { service, fixture } = await setUpFaults();
    const [group, user] = [fixture.group(), fixture.user()];
    strike(service, 'POST', '/groups/{groupId}/members', 1, noneAdded);
    const deltas = [{ name: 'GROUP_IDS', valuesToAdd: [group.id] }];
    const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas });
    expect(answer.status).toBe(412);
    expect(answer.body).toMatchObject({
      exception: 'PreconditionFailedException',
      applied: [],
      notApplied: ['GROUP_IDS'],
    });
    await service.close();
  });
});

it('a group that is not there is no missing user', async () => {
  const { service, fixture } = await setUpFaults();
  const [user, other] = [fixture.user(), fixture.group()];
  const deltas = [
    { name: 'GROUP_IDS', valuesToReplace: ['A-group-that-is-no-more-x', other.id] },
    { name: 'DEPT', valuesToReplace: ['Applied'] },
  ];
  const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas });
  expect(answer.body).toMatchObject({
    exception: 'InvalidAttributeValueException',
    applied: ['DEPT'],
    notApplied: ['GROUP_IDS'],
  });
  await service.close();
});

it('the fourth change of an address within a day is answered with the time of the next one', async () => {
  const { service, fixture } = await setUpFaults({ rateLimit: { plan: 'business' } });
  const user = fixture.user();
  const rename = (address: string) =>
    service.post('update-delta', {
      objectClass: 'ZoomUser',
      uid: user.id,
      deltas: [{ name: '__NAME__', valuesToReplace: [address] }],
    });
  for (const index of [1, 2, 3]) expect((await rename(`v${index}@example.com`)).status).toBe(200);
  const answer = await rename('v4@example.com');
  expect(answer.status).toBe(412);
  expect(answer.body).toMatchObject({
    exception: 'PreconditionFailedException',
    notApplied: ['__NAME__'],
    retryAfter: expect.any(Number) as unknown,
  });
  expect((await rename('v3@example.com')).status).toBe(200);
  await service.close();
});
