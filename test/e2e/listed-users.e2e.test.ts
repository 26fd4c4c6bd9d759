import { afterEach, describe, expect, it } from '@jest/globals';
import { fastClock } from '../support/fast-clock.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';

const objectClass = 'ZoomUser';
const options = { attributesToGet: ['STATUS'] };

let service: TestService;
afterEach(() => service.close());

async function start(settings: TestSettings = {}): Promise<void> {
  service = await startService(settings, { client: { clock: fastClock(100) } });
}

/** The users by status as the metrics show them; absent ones are unknown. */
async function shown(): Promise<Readonly<Record<string, number>>> {
  const { text } = await service.get('/metrics');
  const found = text.matchAll(/^zoom_connector_listed_users\{status="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...found].map(([, status = '', users]) => [status, Number(users)]));
}

/** The users by status in the simulated account. */
function present(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of service.simulator.state.users.all()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('the metric of listed users', () => {
  it('is absent before the first listing, then shows the length of each list', async () => {
    await start();
    await service.post('test');
    expect(await shown()).toEqual({});
    await service.post('search', { objectClass, options });
    expect(await shown()).toEqual(present());
    expect(present()['pending']).toBeGreaterThan(0);
  });

  it('stays as it is for lists that a filter leaves out or narrows', async () => {
    await start();
    await service.post('search', { objectClass, options, filter: 'STATUS eq "pending"' });
    const { pending } = present();
    expect(await shown()).toEqual({ pending });
    await service.post('search', { objectClass, options, filter: 'ROLE_ID eq "2"' });
    expect(await shown()).toEqual({ pending });
  });

  it('changes with the page that ends a list', async () => {
    await start({ results: { importBatchSize: 30 } });
    const page = await service.post('search', { objectClass, options: { ...options, pageSize: 2 } });
    expect(await shown()).not.toHaveProperty('active');
    const { pagedResultsCookie } = page.body as { readonly pagedResultsCookie: string };
    await service.post('search', { objectClass, options: { ...options, pageSize: 500, pagedResultsCookie } });
    expect(await shown()).toEqual(present());
  });

  it('keeps its value when a listing fails', async () => {
    await start();
    await service.post('search', { objectClass, options });
    const before = await shown();
    service.simulator.faults.add({ match: { path: '/users' }, action: { kind: 'html', status: 502 } });
    const { status } = await service.post('search', { objectClass, options });
    expect(status).toBe(502);
    expect(await shown()).toEqual(before);
  });

  it('shows over SCIM the pending users, whom REST lists', async () => {
    await start({ service: { api: 'scim' } });
    await service.post('search', { objectClass, options });
    const { pending } = present();
    expect(await shown()).toEqual({ pending });
  });
});
