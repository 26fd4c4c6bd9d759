import { afterEach, describe, expect, it } from '@jest/globals';
import { type Answer, type Harness, rows, startHarness } from './harness.js';

describe('Paging', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const list = (query: string): Promise<Answer> => harness.call(`GET /users?${query}`);
  const emailAt = (index: number): unknown => harness.sim.state.users.list('active')[index]?.email;
  const walk = async (query: string): Promise<string[]> => {
    const emails: string[] = [];
    let token = '';
    do {
      const { body } = await list(`${query}&next_page_token=${token}`);
      emails.push(...(body['users'] as { email: string }[]).map((user) => user.email));
      token = String(body['next_page_token']);
    } while (token !== '');
    return emails;
  };

  it('walks a list with tokens from first to last', async () => {
    harness = await startHarness();
    const { body } = await list('page_size=10');
    expect(body).toMatchObject({ page_size: 10, page_number: 1, page_count: 12, total_records: 112 });
    expect(body['next_page_token']).toMatch(/^[A-Za-z0-9]{34}2$/);
    const emails = await walk('page_size=10');
    expect(emails).toEqual(harness.sim.state.users.list('active').map((user) => user.email));
  });

  it('gives pending rows no id', async () => {
    harness = await startHarness();
    expect(rows(await list('status=pending'), 'users')[0]).not.toHaveProperty('id');
  });

  it('filters by role', async () => {
    harness = await startHarness();
    expect((await list('role_id=1')).body['total_records']).toBe(2);
    expect((await list('role_id=unknown')).body['users']).toEqual([]);
  });

  it('binds tokens to the other parameters and to time', async () => {
    harness = await startHarness();
    const next = async (): Promise<string> => String((await list('page_size=10')).body['next_page_token']);
    const bad = { code: 300, message: 'The next page token is invalid or expired.' };
    expect((await list(`page_size=20&next_page_token=${await next()}`)).body).toEqual(bad);
    expect((await list('page_size=10&next_page_token=nonsense')).body).toEqual(bad);
    const token = await next();
    harness.sim.clock.advance(900_000);
    expect((await list(`page_size=10&next_page_token=${token}`)).body).toEqual(bad);
  });

  it('clamps or refuses pages that are too large', async () => {
    harness = await startHarness();
    expect((await list('page_size=2000')).body['page_size']).toBe(300);
    harness.sim.setOptions({ maxUserPageSize: 2000 });
    expect((await list('page_size=2000')).body['page_size']).toBe(2000);
    harness.sim.setOptions({ pageSizeOverMaximum: 'refuse' });
    expect((await list('page_size=2001')).body['code']).toBe(300);
  });

  it('repeats rows when it is told to', async () => {
    harness = await startHarness({ repeatedRows: 2 });
    const emails = await walk('page_size=10');
    expect(emails.length).toBeGreaterThan(112);
    expect(new Set(emails).size).toBe(112);
  });

  it('has no snapshot: a row that moves away shifts the others', async () => {
    harness = await startHarness();
    const { body } = await list('page_size=10');
    const [user] = harness.sim.state.users.list('active');
    harness.sim.moveStatus(user?.id ?? '', 'inactive');
    const second = await list(`page_size=10&next_page_token=${String(body['next_page_token'])}`);
    expect(rows(second, 'users')[0]).toMatchObject({ email: emailAt(10) });
  });

  it('still knows page numbers', async () => {
    harness = await startHarness();
    const answer = await list('page_size=10&page_number=3');
    expect(answer.body['page_number']).toBe(3);
    expect(rows(answer, 'users')[0]).toMatchObject({ email: emailAt(20) });
  });
});
