import { describe, expect, it } from '@jest/globals';
import { FaultFixture } from '../../../faults/fault-fixture.js';
import { startService, type TestService } from '../../../support/service.js';

const objectClass = 'ZoomUser';

interface Page {
  readonly results: readonly { readonly name: string }[];
  readonly pagedResultsCookie: string | null;
}

async function search(service: TestService, options: object): Promise<Page> {
  const body = { objectClass, options: { attributesToGet: ['STATUS'], ...options } };
  const answer = await service.post('search', body).expect(200);
  return answer.body as Page;
}

/** The names on all pages, with something happening after each of them. */
async function walk(service: TestService, pageSize: number, meanwhile: (page: number) => void) {
  const names: string[] = [];
  for (let [page, cookie] = [0, '' as string | null]; cookie !== null; page += 1) {
    const more = cookie === '' ? {} : { pagedResultsCookie: cookie };
    const { pagedResultsCookie, results } = await search(service, { pageSize, ...more });
    names.push(...results.map(({ name }) => name));
    cookie = pagedResultsCookie;
    meanwhile(page);
  }
  return names;
}

describe.each([true, false])('users listed over SCIM by position, with fallback: %s', (scimFallback) => {
  const start = () =>
    startService({
      service: { api: 'scim', scimFallback },
      simulator: { users: 330, groups: 1, phoneUsers: 0 },
    });

  it('are all there although some move in the list while it is walked', async () => {
    const service = await start();
    const { state } = service.simulator;
    const known = [...state.users.all()].filter(({ status }) => scimFallback || status !== 'pending');
    const names = await walk(service, 60, (page) => {
      const [one] = state.users.list('active').slice(2 + page);
      if (one !== undefined) service.simulator.moveStatus(one.id, 'inactive');
    });
    expect(known.map(({ email }) => email).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('are all there although one goes and another comes, which no total tells', async () => {
    const service = await start();
    const { state } = service.simulator;
    const names = await walk(service, 60, (page) => {
      const [one] = state.users.list('active').slice(2);
      if (one === undefined || page >= 3) return;
      state.users.remove(one);
      const seq = state.users.nextSeq();
      state.users.add({ ...one, seq, id: `${seq}`.padStart(22, 'n'), email: `new.${seq}@example.com` });
    });
    const known = [...state.users.all()].filter(({ status }) => scimFallback || status !== 'pending');
    expect(known.map(({ email }) => email).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('are all there although one is deleted while the list is walked', async () => {
    const service = await start();
    const { state } = service.simulator;
    const names = await walk(service, 60, (page) => {
      const [one] = state.users.list('active').slice(2);
      if (one !== undefined && page < 3) state.users.remove(one);
    });
    const known = [...state.users.all()].filter(({ status }) => scimFallback || status !== 'pending');
    expect(known.map(({ email }) => email).filter((name) => !names.includes(name))).toEqual([]);
  });
});

it('a user who accepts the invitation while users are listed over SCIM is given once', async () => {
  const service = await startService({ service: { api: 'scim' }, simulator: { users: 130, groups: 1 } });
  const fixture = new FaultFixture(service.simulator);
  const invited = [fixture.user('pending'), fixture.user('pending')];
  const names = await walk(service, 30, (page) => {
    const next = invited[page];
    if (next !== undefined) service.simulator.acceptInvitation(next.email);
  });
  for (const { email } of invited) expect(names.filter((name) => name === email)).toHaveLength(1);
  expect(names).toHaveLength(new Set(names).size);
});
