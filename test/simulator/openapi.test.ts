import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createJudge, type OpenApiJudge } from '../support/openapi-judge.js';
import { describeWithShared } from '../support/shared.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';
import { judgedCall } from './judged.js';

/** Differences that `zoom-api.md` explains: the document is wrong or silent there. */
const defects = [
  // Success of a status change is 204 by default; the current document says 200, older ones 204.
  /^PUT \/users\/\{userId\}\/status does not document status 204/,
  // The default for duplicates is 412; the document says 409.
  /does not document status 412/,
];

describeWithShared('Answers about users and groups, against the published description', () => {
  let harness: Harness;
  let judge: OpenApiJudge;
  beforeAll(async () => {
    harness = await startHarness();
    judge = createJudge('users-2025-12.json', defects);
  });
  afterAll(() => harness.stop());

  const judged = (route: string, body?: unknown): Promise<Answer> => judgedCall(harness, judge, route, body);

  it.each(['active', 'inactive', 'pending'])('lists %s users', async (status) => {
    const answer = await judged(`GET /users?status=${status}&page_size=100&include_fields=custom_attributes`);
    expect(answer.status).toBe(200);
    expect(rows(answer, 'users').length).toBeGreaterThan(0);
  });

  it('reads every user', async () => {
    for (const user of harness.sim.state.users.all()) {
      const key = user.status === 'pending' ? user.email : user.id;
      const answer = await judged(`GET /users/${encodeURIComponent(key)}`);
      expect(answer.status).toBe(user.invitation?.expired === true ? 400 : 200);
    }
  });

  it('creates, updates, deactivates and deletes a user', async () => {
    const { body: user } = await judged('POST /users', {
      action: 'ssoCreate',
      user_info: { email: 'new.person@example.com', type: 2, first_name: 'New', last_name: 'Person' },
    });
    const path = `/users/${String(user['id'])}`;
    await judged(`PATCH ${path}`, {
      dept: 'R&D',
      phone_numbers: [{ country: 'US', code: '+1', number: '5125550100' }],
    });
    await judged(`GET ${path}`);
    await judged(`PUT ${path}/email`, { email: 'other.name@example.com' });
    await judged(`PUT ${path}/status`, { action: 'deactivate' });
    const { status } = await judged(`DELETE ${path}?action=delete`);
    expect(status).toBe(204);
  });

  it('answers a duplicate and an unknown user', async () => {
    const info = { action: 'custCreate', user_info: { email: 'owner@example.com', type: 1 } };
    expect((await judged('POST /users', info)).status).toBe(412);
    expect((await judged('GET /users/unknown')).status).toBe(404);
  });

  it('handles groups, members and administrators', async () => {
    const { body: group } = await judged('POST /groups', { name: 'Judged' });
    const path = `/groups/${String(group['id'])}`;
    await judged('GET /groups?page_size=2');
    await judged(`PATCH ${path}`, { name: 'Judged again' });
    await judged(`POST ${path}/members`, { members: [{ email: 'owner@example.com' }] });
    await judged(`GET ${path}/members?page_size=10`);
    await judged(`POST ${path}/admins`, { admins: [{ email: 'admin1@example.com' }] });
    await judged(`GET ${path}/admins`);
    await judged(`GET ${path}`);
    expect((await judged(`DELETE ${path}`)).status).toBe(204);
  });

  it('answers the smaller user calls', async () => {
    await judged('GET /users/email?email=owner@example.com');
    await judged('GET /users/summary');
    await judged('GET /users/vanity_name?vanity_name=somebody');
    await judged('GET /users/me/permissions');
    await judged('GET /users/me/token?type=zak');
    await judged('PATCH /users/me/settings', { feature: { webinar: true, webinar_capacity: 500 } });
    await judged('GET /users/me/settings');
    const { body } = await judged('POST /users/features', {
      feature_type: 'user_type',
      feature_value: '2',
      users: [{ email: 'nobody@example.com' }, { email: 'owner@example.com' }],
    });
    expect(body['fail_details']).toHaveLength(2);
  });

  it('reports what the document does not know', () => {
    expect(judge.request({ method: 'GET', path: '/users', query: { e_mail: 'x' } })).toEqual([
      'GET /users has no query parameter e_mail',
    ]);
    const body = { action: 'create', user_info: { email: 'a@example.com', department: 'x' } };
    expect(judge.request({ method: 'POST', path: '/users', body })).toEqual([
      "POST /users body/user_info must have required property 'type'",
      'POST /users body/user_info must NOT have unevaluated properties: department',
    ]);
  });
});
