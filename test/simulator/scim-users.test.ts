import { afterEach, describe, expect, it } from '@jest/globals';
import { type Answer, type Harness, request, rows, startHarness } from './harness.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const zoom = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';

describe('SCIM users', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const call = (route: string, body?: unknown): Promise<Answer> => {
    const [method, path] = route.split(' ') as [string, string];
    return harness.call(`${method} /scim2${path}`, body);
  };
  const find = (filter: string): Promise<Answer> => call(`GET /Users?filter=${encodeURIComponent(filter)}`);

  it('are listed without pending ones, one by default', async () => {
    harness = await startHarness();
    const { body, headers } = await call('GET /Users');
    expect(headers.get('content-type')).toBe('application/scim+json');
    expect(body).toMatchObject({ totalResults: 116, startIndex: 1, itemsPerPage: 1 });
    const all = [];
    for (const start of [1, 101])
      all.push(...rows(await call(`GET /Users?startIndex=${start}&count=100`), 'Resources'));
    expect(new Set(all.map((user) => user['id'])).size).toBe(116);
    expect(all.filter((user) => user['active'] === false)).toHaveLength(4);
    harness.sim.setOptions({ scimDefaultCount: 100 });
    expect((await call('GET /Users')).body['itemsPerPage']).toBe(100);
  });

  it('are found by name and id, with and without quotes', async () => {
    harness = await startHarness();
    const user = harness.first('active');
    for (const filter of [
      `userName eq "${user.email}"`,
      `userName eq ${user.email}`,
      `externalId eq ${user.id}`,
    ]) {
      expect(rows(await find(filter), 'Resources')).toEqual([expect.objectContaining({ id: user.id })]);
    }
    expect((await find('userName eq "nobody@example.com"')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    expect((await find('userName sw "a"')).body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      detail: 'The current filter is not supported, the filter name: userName sw "a"',
      status: 400,
    });
  });

  it('answer an error for pending and once invited addresses', async () => {
    harness = await startHarness();
    const { email, id } = harness.first('pending');
    const error = `User ${email} not exist or not belong to this account.`;
    expect((await find(`userName eq "${email}"`)).body['detail']).toBe(error);
    expect((await call(`GET /Users/${id}`)).status).toBe(404);
    harness.sim.deleteInvitation(email);
    expect((await find(`userName eq "${email}"`)).status).toBe(400);
    harness.sim.setOptions({ scimPendingFilter: 'empty', scimErrorStatus: 'string' });
    expect((await find(`userName eq "${email}"`)).body['totalResults']).toBe(0);
    expect((await call('GET /Users/unknown')).body['status']).toBe('404');
  });

  it('lose their calling plans by -1, which switches no phone on and moves nobody', async () => {
    harness = await startHarness();
    const user = harness.first('active');
    const take = (id: string) => call(`PUT /Users/${id}`, { [zoom]: { zoomPhoneCallingPlan: '-1' } });
    const [holder] = harness.sim.state.phone.users;
    const { phone } = harness.sim.state;
    if (holder === undefined) throw new Error('the account has no phone user');
    const other = phone.sites.at(-1);
    if (other !== undefined) holder.site = other;
    phone.addPlan(holder, 3000);
    expect((await take(holder.user.id)).status).toBe(200);
    expect(holder).toMatchObject({ plans: [], site: other });
    harness.sim.state.users.change(user, { features: {} });
    phone.removeUser(user);
    expect((await take(user.id)).status).toBe(200);
    expect([user.features['zoom_phone'], phone.userOf(user)]).toEqual([undefined, undefined]);
  });

  it('keep the transferee of their data when they are deactivated', async () => {
    harness = await startHarness();
    const user = harness.first('active');
    const transferee = 'heir@example.com';
    await call(`PUT /Users/${user.id}`, { [zoom]: { transferee, zoomDocsSubscription: 'Docs' } });
    const Operations = [{ op: 'replace', value: { active: false } }];
    await call(`PATCH /Users/${user.id}`, { Operations });
    expect(user.profile.scim).toEqual({ transferee });
  });

  it('are created with everything SCIM knows, and read without what is write-only', async () => {
    harness = await startHarness();
    const [group] = harness.sim.state.groups.all();
    const number = harness.sim.state.phone.numbers.find((each) => !each.owner);
    const { status, body } = await call('POST /Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'New@Example.com',
      userType: 'Licensed',
      name: { givenName: 'New', familyName: 'Person' },
      title: 'Engineer',
      phoneNumbers: [{ type: 'work', value: '+15550100' }],
      groups: [{ value: group?.name }],
      roles: [{ value: 'Help Desk' }],
      [enterprise]: { department: 'R&D', organization: 'Example', employeeNumber: '4711' },
      [zoom]: {
        Badge: 'B-1',
        zoomWhiteboard: true,
        zoomOneEdu: '576460752303423488',
        zoomPhoneExtNumber: '0',
        zoomPhoneNumber: number?.number,
        zoomPhoneCallingPlan: '3000',
      },
    });
    expect([status, body['displayName'], body['title']]).toEqual([201, 'New Person', 'Engineer']);
    expect(body[zoom]).toEqual({
      Badge: 'B-1',
      personalLinkName: 'new',
      zoomWhiteboard: true,
      zoomOneEdu: '576460752303423488',
    });
    const user = harness.sim.state.users.byEmail('new@example.com');
    expect(user).toMatchObject({
      login_type: 101,
      type: 2,
      zoom_one_type: 576460752303423488n,
      groups: [group],
    });
    expect(number?.owner).toMatchObject({ user, plans: [3000] });
    const { body: read } = await call(`GET /Users/${String(body['id'])}`);
    expect(read).toMatchObject({
      roles: [{ value: 'Help Desk' }],
      groups: [{ value: group?.name }],
      [enterprise]: { department: 'R&D', organization: 'Example', employeeNumber: '4711' },
    });
    expect(read).not.toHaveProperty('title');
  });

  it('are refused as duplicates, outside the domains and without licences', async () => {
    harness = await startHarness();
    const create = (userName: string, more: object = {}): Promise<Answer> =>
      call('POST /Users', { userName, ...more });
    expect((await create('owner@example.com')).body).toMatchObject({
      detail: 'The email "owner@example.com" is already in use.',
      status: 400,
    });
    harness.sim.setOptions({ scimDuplicateStatus: 409 });
    expect((await create('owner@example.com')).status).toBe(409);
    expect((await create('a@elsewhere.org')).status).toBe(409);
    expect((await create('nonsense')).status).toBe(400);
    harness.sim.setLicences({ pool: 'licensed', free: 0 });
    expect((await create('a@example.com', { userType: 'Licensed' })).body['detail']).toBe(
      'Cannot add paid users.',
    );
    expect((await call('POST /Users', '{"userName":')).body['detail']).toBe(
      'The request body must be in JSON format.',
    );
    expect((await call('POST /Users', {})).body['detail']).toBe('The request JSON must not be empty.');
    harness.sim.setOptions({ sso: false });
    expect((await create('b@example.com')).body['detail']).toBe('Account has not enabled Single Sign-On.');
  });

  it('keep on PUT what is left out, or lose it, as the option says', async () => {
    harness = await startHarness();
    const user = harness.first('active', ({ profile }) => profile.job_title !== undefined);
    const { first_name: name, dept } = user;
    const put = (body: unknown): Promise<Answer> => call(`PUT /Users/${user.id}`, body);
    expect((await put({ title: 'New title' })).status).toBe(200);
    expect(user).toMatchObject({ first_name: name, dept, profile: { job_title: 'New title' } });
    harness.sim.setOptions({ scimPut: 'replace' });
    await put({ name: { givenName: 'Only', familyName: 'Name' } });
    expect(user).toMatchObject({ first_name: 'Only', dept: '', display_name: 'Only Name', groups: [] });
    expect(user.profile.job_title).toBeUndefined();
  });

  it('change their address within the managed domains', async () => {
    harness = await startHarness();
    const user = harness.first('active');
    const put = (key: string, value: string): Promise<Answer> =>
      call(`PUT /Users/${key}`, { emails: [{ type: 'work', value, primary: true }] });
    expect((await put(user.id, 'owner@example.com')).body['detail']).toBe(
      "Email ''owner@example.com'' has already been used.",
    );
    expect((await put(user.id, 'x@elsewhere.org')).status).toBe(409);
    expect((await put(user.id, 'moved@example.com')).body['userName']).toBe('moved@example.com');
    const admin = harness.sim.state.users.byEmail('admin1@example.com')?.id ?? '';
    expect((await put(admin, 'boss@example.com')).body['detail']).toBe(
      'Cannot change the email of Admin user.',
    );
    expect((await put(harness.first('inactive').id, 'y@example.com')).body['detail']).toBe(
      'User is inactive or locked.',
    );
  });

  it('are deactivated and activated by PATCH of active only', async () => {
    harness = await startHarness();
    const user = harness.first('active');
    const patch = (key: string, body: unknown): Promise<Answer> => call(`PATCH /Users/${key}`, body);
    const set = (active: unknown): unknown => ({ Operations: [{ op: 'replace', value: { active } }] });
    expect((await patch(user.id, set(false))).body['active']).toBe(false);
    expect(user.status).toBe('inactive');
    expect(
      (await patch(user.id, { Operations: [{ op: 'Replace', path: 'active', value: true }] })).status,
    ).toBe(200);
    expect(user.status).toBe('active');
    const lower = await patch(user.id, { operations: [{ op: 'replace', value: { active: false } }] });
    expect([lower.status, lower.body['detail']]).toEqual([
      400,
      'The request json did not contains valid active field.',
    ]);
    const admin = harness.sim.state.users.byEmail('admin1@example.com')?.id ?? '';
    expect((await patch(admin, set(false))).body['detail']).toMatch(/^Cannot activate or deactivate/);
  });

  it('are deleted or disassociated', async () => {
    harness = await startHarness({ scimDelete: 'disassociate' });
    const user = harness.first('active');
    expect((await call(`DELETE /Users/${user.id}`)).status).toBe(204);
    expect(harness.sim.state.foreignAddresses.has(user.email)).toBe(true);
    const admin = harness.sim.state.users.byEmail('admin1@example.com')?.id ?? '';
    expect((await call(`DELETE /Users/${admin}`)).body['detail']).toBe('Cannot delete Admin user.');
  });

  it('invite instead of linking when the address belongs elsewhere', async () => {
    harness = await startHarness();
    harness.sim.addForeignAddress('other@example.com');
    expect((await call('POST /Users', { userName: 'other@example.com' })).status).toBe(201);
    expect(harness.sim.state.users.byEmail('other@example.com')?.status).toBe('pending');
  });

  it('can be reached with the token of the portal, which REST does not know', async () => {
    harness = await startHarness({ adminPermissions: false });
    const bearer = harness.sim.credentials.scimToken;
    expect((await request(harness.url, 'GET /scim2/Users', { bearer })).status).toBe(200);
    expect((await request(harness.url, 'GET /users', { bearer })).status).toBe(401);
    const refused = await request(harness.url, `DELETE /scim2/Users/${harness.first('active').id}`, {
      bearer,
    });
    expect([refused.status, refused.body['detail']]).toEqual([
      403,
      'The request was denied due to insufficient permissions: "User:Edit".',
    ]);
  });
});
