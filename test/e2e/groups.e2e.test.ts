import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group, User, UserStatus } from '../../src/simulator/state/records.js';
import { startService, type TestService } from '../support/service.js';

const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('members and administrators of a group', () => {
  let service: TestService;
  let group: Group;

  beforeAll(async () => {
    service = await startService();
  });
  beforeEach(async () => {
    const name = `Group ${Math.random()}`;
    await service.post('create', { objectClass: 'ZoomGroup', attributes: { __NAME__: name } });
    const made = service.simulator.state.groups.byName(name);
    if (made === undefined) throw new Error('the group was not made');
    group = made;
    service.calls();
  });
  afterAll(() => service.close());

  const usersWith = (status: UserStatus): User[] => [...service.simulator.state.users.list(status)];
  const userWith = (status: UserStatus, index = 0): User => {
    const user = usersWith(status)[index];
    if (user === undefined) throw new Error('the account is too small');
    return user;
  };
  const invited = async (email: string): Promise<User> => {
    await service.post('create', { objectClass: 'ZoomUser', attributes: { __NAME__: email } });
    const user = service.simulator.state.users.byEmail(email);
    if (user === undefined) throw new Error('the user was not made');
    service.calls();
    return user;
  };
  const update = (...deltas: object[]) =>
    service.post('update-delta', { objectClass: 'ZoomGroup', uid: group.id, deltas });

  it('keeps an administrator that is replaced by its own id, and says nothing the second time', async () => {
    const user = userWith('active');
    const replace = { name: 'ADMIN_EMAILS', valuesToReplace: [user.id] };
    for (const calls of [4, 3]) {
      service.calls();
      expect((await update(replace)).status).toBe(200);
      expect(group.admins).toEqual([user]);
      expect(service.calls()).toHaveLength(calls);
    }
  });

  it('replaces administrators by addresses whatever their case', async () => {
    const [one, other] = [userWith('active', 1), userWith('active', 2)];
    group.admins.push(one);
    const answer = await update({
      name: 'ADMIN_EMAILS',
      valuesToReplace: [one.email.toUpperCase(), other.id],
    });
    expect(answer.status).toBe(200);
    expect(group.admins).toEqual([one, other]);
  });

  it.each(['ADMIN_EMAILS', 'MEMBER_IDS'])('refuses an unknown user in %s and names it', async (name) => {
    const answer = await update({ name, valuesToAdd: [userWith('active').id, unknownId] });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      exception: 'InvalidAttributeValueException',
      detail: expect.stringContaining(unknownId),
    });
    expect(group.admins).toEqual([]);
    expect(group.members).toEqual([]);
  });

  it('refuses the address of nobody as an administrator', async () => {
    const answer = await update({ name: 'ADMIN_EMAILS', valuesToAdd: ['nobody@example.com'] });
    expect(answer.body).toMatchObject({
      exception: 'InvalidAttributeValueException',
      detail: expect.stringContaining('nobody@example.com'),
    });
  });

  it('says so when Zoom does not take a pending user as an administrator', async () => {
    const { email } = await invited('third@example.com');
    const answer = await update({ name: 'ADMIN_EMAILS', valuesToAdd: [email] });
    const names: unknown = expect.stringContaining(email);
    const exception = 'PreconditionFailedException';
    expect(answer.body).toMatchObject({ exception, detail: names });
  });

  it('gives pending users the group in the way Zoom takes it, once', async () => {
    const [active, pending] = [userWith('active'), await invited('first@example.com')];
    const add = { name: 'MEMBER_IDS', valuesToAdd: [active.id, pending.id] };
    expect((await update(add)).body).toEqual({ sideEffects: [], warnings: [] });
    expect(group.members).toEqual([active]);
    expect(pending.groups).toContain(group);
    service.calls();
    await update({ name: 'MEMBER_IDS', valuesToAdd: [pending.id] });
    expect(service.calls()).toEqual([`GET /v2/users/${pending.id} 200`]);
  });

  it('creates a group with members without reading lists that must be empty', async () => {
    const [active, pending] = [userWith('active'), await invited('second@example.com')];
    const attributes = { __NAME__: 'With members', MEMBER_IDS: [active.id, pending.id] };
    const answer = await service.post('create', { objectClass: 'ZoomGroup', attributes });
    expect(answer.status).toBe(201);
    const { uid } = answer.body as { uid: string };
    expect(service.simulator.state.groups.byId(uid)?.members).toEqual([active]);
    expect(pending.groups.map(({ id }) => id)).toContain(uid);
    expect([...service.calls()].sort()).toEqual(
      [
        'GET /v2/groups 200',
        'POST /v2/groups 201',
        `GET /v2/users/${active.id} 200`,
        `GET /v2/users/${pending.id} 200`,
        `POST /v2/groups/${uid}/members 201`,
        `PATCH /v2/users/${encodeURIComponent(pending.email)} 204`,
      ].sort(),
    );
  });

  it('rehearses the same calls that it makes', async () => {
    const active = userWith('active');
    const attributes = { __NAME__: 'Rehearsed', MEMBER_IDS: [active.id], ADMIN_EMAILS: [active.id] };
    const answer = await service.post('create?dryRun=true', { objectClass: 'ZoomGroup', attributes });
    const { plan } = answer.body as { plan: { method: string; path: string }[] };
    expect(plan.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /groups',
      'POST /groups',
      `GET /users/${active.id}`,
      `GET /users/${active.id}`,
      'POST /groups/{uid}/members',
      'POST /groups/{uid}/admins',
    ]);
  });
});
