import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createJudge } from '../support/openapi-judge.js';
import { describeWithShared } from '../support/shared.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';
import { judgedCall } from './judged.js';

/** The December 2025 document is older: it lacks what the one of 2026 added. */
const olderDefects = [/query page_size/, /activation_status/];

const documents = [
  ['phone-2026.json', []],
  ['phone-2025-12.json', olderDefects],
] as const;

describeWithShared('Answers about Zoom Phone, against the published descriptions', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.stop());

  it.each(documents)('agree with %s', async (file, defects) => {
    const judge = createJudge(file, defects);
    const judged = (route: string, body?: unknown): Promise<Answer> =>
      judgedCall(harness, judge, route, body);
    const users = rows(await judged('GET /phone/users?page_size=100'), 'users');
    expect(users).toHaveLength(20);
    const user = `/phone/users/${String(users[2]?.['id'])}`;
    await judged(`GET ${user}`);
    await judged(`GET ${user}/settings`);
    await judged(`PATCH ${user}`, { extension_number: '14711' });
    await judged(`POST ${user}/calling_plans`, { calling_plans: [{ type: 1000 }] });
    await judged(`PUT ${user}/calling_plans`, { source_type: 1000, target_type: 3000 });
    await judged(`DELETE ${user}/calling_plans/3000`);
    const [free] = rows(await judged('GET /phone/numbers?type=unassigned'), 'phone_numbers');
    await judged(`POST ${user}/phone_numbers`, { phone_numbers: [{ number: free?.['number'] }] });
    await judged(`GET /phone/numbers/${String(free?.['id'])}`);
    await judged(`DELETE ${user}/phone_numbers/${String(free?.['id'])}`);
    await judged('GET /phone/calling_plans');
    await judged('GET /phone/plans');
    const [site] = rows(await judged('GET /phone/sites'), 'sites');
    await judged(`GET /phone/sites/${String(site?.['id'])}`);
    await judged('GET /phone/settings');
    await judged('PUT /phone/users/batch', {
      batch_type: 'move_site',
      user_ids: [String(users[2]?.['id'])],
      site_id: String(site?.['id']),
    });
    expect((await judged('GET /phone/users/unknown')).status).toBe(404);
  });

  it('agree with number-management-2025-12.json', async () => {
    const judge = createJudge('number-management-2025-12.json');
    const list = await judgedCall(harness, judge, 'GET /number_management/numbers?page_size=200');
    const [number] = rows(list, 'numbers');
    const one = await judgedCall(harness, judge, `GET /number_management/numbers/${String(number?.['id'])}`);
    expect(one.body).toEqual(number);
  });

  it('agree with accounts-2025-12.json and billing-2025-12.json', async () => {
    // Only errors are documented for the creation and update of roles; 201 and 204 are what clients know.
    const judge = createJudge('accounts-2025-12.json', [
      /^(POST|PATCH) \/roles.* does not document status 20[14]/,
    ]);
    const judged = (route: string, body?: unknown): Promise<Answer> =>
      judgedCall(harness, judge, route, body);
    await judged('GET /roles');
    const { body } = await judged('POST /roles', { name: 'Judged', privileges: ['User:Read'] });
    const role = `/roles/${String(body['id'])}`;
    await judged(`PATCH ${role}`, { description: 'x' });
    await judged(`GET ${role}`);
    await judged(`POST ${role}/members`, { members: [{ email: 'admin1@example.com' }] });
    await judged(`GET ${role}/members?page_size=10`);
    await judged(`DELETE ${role}`);
    await judged('GET /accounts/me/managed_domains');
    await judged('GET /accounts/me/trusted_domains');
    expect((await judged('GET /roles/unknown')).body['code']).toBe(1034);
    const billing = createJudge('billing-2025-12.json');
    const usage = await judgedCall(harness, billing, 'GET /accounts/me/plans/usage');
    expect(usage.body['plan_base']).toMatchObject({ pending: expect.any(Number) });
  });
});
