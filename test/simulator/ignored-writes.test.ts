import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkConfigJson } from '../../src/config/validate-config.js';
import type { User } from '../../src/simulator/state/records.js';
import { type Harness, request, startHarness } from './harness.js';

let harness: Harness;
let user: User;

beforeEach(async () => {
  harness = await startHarness({ sso: true });
  const found = harness.sim.state.users.list('active').find(({ groups }) => groups.length === 0);
  if (found === undefined) throw new Error('every user is in a group');
  user = found;
  harness.sim.state.users.change(user, { dept: 'Old', first_name: 'Jane' });
});
afterEach(() => harness.stop());

function ignore(method: string, path: string, ...fields: readonly string[]): void {
  const action = { kind: 'ignore' as const, ...(fields.length > 0 && { fields }) };
  harness.sim.faults.add({ match: { method, path }, action });
}

describe('a call that is ignored', () => {
  it('changes nothing and answers as usual', async () => {
    ignore('PATCH', '/users/{userId}');
    expect(await harness.call(`PATCH /users/${user.id}`, { dept: 'New' })).toMatchObject({ status: 204 });
    ignore('DELETE', '/users/{userId}');
    expect(await harness.call(`DELETE /users/${user.id}`)).toMatchObject({ status: 204 });
    expect(harness.sim.state.users.byId(user.id)).toMatchObject({ dept: 'Old' });
    expect(harness.sim.requests.map(({ fault }) => fault)).toContain('fault-2');
  });

  it('names the members that were not added', async () => {
    const [group] = harness.sim.state.groups.all();
    ignore('POST', '/groups/{groupId}/members');
    const answer = await harness.call(`POST /groups/${group?.id}/members`, { members: [{ id: user.id }] });
    expect(answer).toMatchObject({ status: 201, body: { ids: user.id } });
    expect(user.groups).toEqual([]);
  });

  it('shows the SCIM resource as it stays', async () => {
    ignore('PUT', '/scim2/Users/{userId}');
    const answer = await harness.call(`PUT /scim2/Users/${user.id}`, { userName: 'new@example.com' });
    expect(answer).toMatchObject({ status: 200, body: { userName: user.email } });
  });

  it('may be refused for lack of rights, as any other', async () => {
    ignore('PATCH', '/users/{userId}');
    const answer = await request(harness.url, `PATCH /users/${user.id}`, { body: {}, bearer: 'none' });
    expect(answer.status).toBe(401);
  });

  it('is no read, and makes no object that is not there', async () => {
    ignore('GET', '/users/{userId}');
    expect((await harness.call(`GET /users/${user.id}`)).body).toMatchObject({ dept: 'Old' });
    ignore('POST', '/groups');
    expect(await harness.call('POST /groups', { name: 'New' })).toMatchObject({ status: 201 });
    expect(harness.sim.state.groups.byName('New')).toBeDefined();
  });
});

describe('fields that are ignored', () => {
  it('stay as they are while others change', async () => {
    ignore('PATCH', '/users/{userId}', '/dept', '/missing');
    await harness.call(`PATCH /users/${user.id}`, { dept: 'New', last_name: 'Roe' });
    expect(user).toMatchObject({ dept: 'Old', last_name: 'Roe' });
  });

  it('are answered as they were sent', async () => {
    ignore('POST', '/users', '/user_info/first_name');
    const user_info = { email: 'new@example.com', type: 1, first_name: 'Kim', last_name: 'Roe' };
    const answer = await harness.call('POST /users', { action: 'create', user_info });
    expect(answer.body).toMatchObject({ first_name: 'Kim', last_name: 'Roe' });
    expect(harness.sim.state.users.byEmail('new@example.com')).toMatchObject({ first_name: '' });
  });

  it('may lie deep in a SCIM resource', async () => {
    ignore('PUT', '/scim2/Users/{userId}', '/name/givenName');
    const name = { givenName: 'Kim', familyName: 'Roe' };
    const answer = await harness.call(`PUT /scim2/Users/${user.id}`, { userName: user.email, name });
    expect(answer).toMatchObject({ status: 200, body: { name } });
    expect(user).toMatchObject({ first_name: 'Jane', last_name: 'Roe' });
  });

  it('can be given in the configuration and over the control API', async () => {
    const fault = { match: { method: 'PATCH' }, action: { kind: 'ignore', fields: ['/dept'] } };
    const config = (action: object) => ({
      service: { target: 'simulator' },
      simulator: { faults: [{ action }] },
    });
    expect(checkConfigJson(config(fault.action)).findings).toEqual([]);
    const wrong = checkConfigJson(config({ kind: 'ignore', fields: ['dept'] })).findings;
    expect(wrong.map(({ path }) => path)).toEqual(['/simulator/faults/0/action/fields/0']);
    expect(await request(harness.url, 'POST /simulator/faults', { body: fault })).toMatchObject({
      status: 201,
    });
    await harness.call(`PATCH /users/${user.id}`, { dept: 'New' });
    expect(user.dept).toBe('Old');
  });
});
