import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../../src/simulator/state/records.js';
import { FaultFixture } from '../../faults/fault-fixture.js';
import { byUid } from '../../support/by-uid.js';
import { startService, type TestService } from '../../support/service.js';
import { bundles, lacking, untold, variants } from './variants.js';
import { replace } from '../../support/deltas.js';

const objectClass = 'ZoomUser';

interface Row {
  readonly uid: string;
  readonly name: string;
  readonly attributes: { readonly STATUS: string };
}

describe.each(variants)('$name', ({ costs, mode, replaces, settings }) => {
  let service: TestService;
  let fixture: FaultFixture;

  async function start(more: Record<string, object> = {}): Promise<void> {
    const { service: api = {}, simulator = {} } = settings;
    service = await startService({
      ...more,
      service: { ...api, ...more['service'] },
      simulator: { users: 130, groups: 3, phoneUsers: 0, ...simulator },
    });
    fixture = new FaultFixture(service.simulator);
  }

  const update = (uid: string, ...deltas: object[]) =>
    service.post('update-delta', { objectClass, uid, deltas });
  const create = (attributes: object) => service.post('create', { objectClass, attributes });
  const attributesOf = async (uid: string, ...attributesToGet: string[]) => {
    const answer = await service.post('get', { objectClass, uid, options: { attributesToGet } }).expect(200);
    return (answer.body as { attributes: Record<string, unknown> }).attributes;
  };

  beforeEach(() => start());
  afterEach(() => service.close());

  it('shows what can be managed', async () => {
    const answer = await service.get('/v1/schema');
    const [{ attributes }] = (
      answer.body as { objectClasses: [{ attributes: { name: string; readable: boolean }[] }] }
    ).objectClasses;
    const names = attributes.map(({ name }) => name);
    expect(lacking[mode].filter((name) => names.includes(name))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(['__NAME__', '__ENABLE__', 'DEPT', 'GROUP_IDS', bundles[mode]]),
    );
    const unreadable = attributes.filter(({ readable }) => !readable).map(({ name }) => name);
    expect(untold[mode].filter((name) => !unreadable.includes(name))).toEqual([]);
    for (const name of lacking[mode].slice(0, 3)) {
      await update(fixture.user().id, replace(name, 'x')).expect(400, /no attribute/);
    }
  });

  it('lists every user it sees once, page by page, too', async () => {
    const options = { attributesToGet: ['STATUS'] };
    const all = await service.post('search', { objectClass, options }).expect(200);
    const seen = [...service.simulator.state.users.all()].filter(
      ({ status }) => status !== 'pending' || mode !== 'scimAlone',
    );
    const rows = (all.body as { results: Row[] }).results;
    expect(rows.map(({ attributes, name }) => [name, attributes.STATUS]).sort()).toEqual(
      seen.map(({ email, status }) => [email, status]).sort(),
    );
    const pages: Row[] = [];
    for (let cookie: string | null = ''; cookie !== null;) {
      const paging = { ...options, pageSize: 37, ...(cookie !== '' && { pagedResultsCookie: cookie }) };
      const page = await service.post('search', { objectClass, options: paging }).expect(200);
      const body = page.body as { results: Row[]; pagedResultsCookie: string | null };
      pages.push(...body.results);
      cookie = body.pagedResultsCookie;
    }
    expect(byUid(pages)).toEqual(byUid(rows));
  });

  it('filters by status', async () => {
    fixture.user('inactive');
    const filter = { equals: { STATUS: 'inactive' } };
    const answer = await service.post('search', { objectClass, filter, options: { attributesToGet: [] } });
    const inactive = service.simulator.state.users.list('inactive').map(({ email }) => email);
    expect((answer.body as { results: { name: string }[] }).results.map(({ name }) => name).sort()).toEqual(
      inactive.sort(),
    );
  });

  it('creates, reads, changes and clears what was given', async () => {
    const address = fixture.address();
    const given = {
      FIRST_NAME: 'Ada',
      LAST_NAME: "O'Neil",
      DEPT: 'R&D ü',
      COMPANY: 'Ex',
      COST_CENTER: 'C1',
      TYPE: 2,
    };
    const action = { CREATE_ACTION: 'ssoCreate' };
    const created = await create({ __NAME__: address, ...action, ...given }).expect(201);
    const { uid } = created.body as { uid: string };
    expect(await attributesOf(uid, ...Object.keys(given))).toEqual(given);
    await update(uid, replace('DEPT', 'Sales'), replace('COMPANY')).expect(200);
    expect(await attributesOf(uid, ...Object.keys(given))).toEqual({
      ...given,
      DEPT: 'Sales',
      COMPANY: null,
    });
  });

  it('carries a bundle of 18 digits in and out', async () => {
    const { id } = fixture.user();
    await update(id, replace(bundles[mode], '576460752303423488')).expect(200);
    expect(await attributesOf(id, bundles[mode])).toEqual({ [bundles[mode]]: '576460752303423488' });
  });

  it('leaves alone what is not asked for', async () => {
    const user = fixture.user();
    await update(
      user.id,
      ...[replace('FIRST_NAME', 'Ada'), replace('MANAGER', 'boss@example.com'), replace('PRONOUNS', 'she')],
      ...[replace('JOB_TITLE', 'Dr.'), replace('LOCATION', 'Basel')],
    ).expect(200);
    const before = structuredClone(pick(user));
    await update(user.id, replace('DEPT', 'Sales')).expect(200);
    // SCIM takes title and location, but tells neither: a Zoom that replaces would lose them.
    const lost = mode === 'scimAlone' && replaces ? { job_title: undefined, location: undefined } : {};
    expect(pick(user)).toEqual({ ...before, dept: 'Sales', ...lost });
  });

  it('counts the calls of its updates', async () => {
    const [user, [first, second]] = [fixture.user(), service.simulator.state.groups.all()];
    if (first !== undefined) fixture.join(first, user);
    await attributesOf(user.id, 'GROUP_IDS');
    const cost = async (...deltas: object[]) => {
      service.calls();
      await update(user.id, ...deltas).expect(200);
      return service.calls().length;
    };
    expect({
      field: await cost(replace('LAST_NAME', 'Roe')),
      nothing: await cost(replace('LAST_NAME', 'Roe')),
      groups: await cost({ name: 'GROUP_IDS', valuesToAdd: [second?.id], valuesToRemove: [first?.id] }),
      disable: await cost(replace('__ENABLE__', false), replace('LAST_NAME', 'Doe')),
    }).toEqual(costs);
    expect(user).toMatchObject({ status: 'inactive', last_name: 'Doe' });
    expect(user.groups).toEqual([second]);
  });

  it('renames, and tells who has an address that is taken', async () => {
    const [user, other] = [fixture.user(), fixture.user()];
    const wanted = fixture.address();
    await update(user.id, replace('__NAME__', wanted), replace('DEPT', 'Moved')).expect(200);
    expect(user).toMatchObject({ email: wanted, dept: 'Moved' });
    const taken = await update(user.id, replace('__NAME__', other.email), replace('DEPT', 'Kept')).expect(
      409,
    );
    expect(taken.body).toMatchObject({ uid: other.id, applied: ['DEPT'], notApplied: ['__NAME__'] });
    expect(user).toMatchObject({ email: wanted, dept: 'Kept' });
  });

  it('brackets a change of an inactive user, and deactivates it again whatever happens', async () => {
    await service.close();
    await start({ custom: { updateDisabledUsers: true } });
    const user = fixture.user('inactive');
    await update(user.id, replace('DEPT', 'Rest')).expect(200);
    expect(user).toMatchObject({ status: 'inactive', dept: 'Rest' });
    const write = mode === 'rest' ? 'PATCH' : 'PUT';
    const path = mode === 'rest' ? '/users/{userId}' : '/scim2/Users/{userId}';
    service.simulator.faults.add({ match: { method: write, path }, action: { kind: 'status', status: 400 } });
    const refused = await update(user.id, replace('DEPT', 'Never'));
    expect(refused.body).toMatchObject({ notApplied: ['DEPT'] });
    expect(user).toMatchObject({ status: 'inactive', dept: 'Rest' });
  });

  it('adopts an inactive user: active again, attributes applied, the same uid', async () => {
    await service.close();
    await start({ service: { duplicateErrorReturnsId: true } });
    const user = fixture.user('inactive');
    const request = { __NAME__: user.email.toUpperCase(), FIRST_NAME: 'Again', DEPT: 'Back' };
    const adopted = await create(request).expect(200);
    expect(adopted.body).toMatchObject({ uid: user.id });
    expect(user).toMatchObject({ status: 'active', first_name: 'Again', dept: 'Back' });
    service.calls();
    await create(request).expect(200);
    expect(service.calls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    const owner = service.simulator.state.users.list('active', '0')[0];
    await create({ __NAME__: owner?.email, FIRST_NAME: 'Not' }).expect(409, /never adopted/);
  });

  it('makes one user when the answer to a create is lost', async () => {
    const address = fixture.address();
    service.simulator.faults.add({
      match: { method: 'POST', path: mode === 'rest' ? '/users' : '/scim2/Users', times: 1 },
      action: { kind: 'drop', when: 'after' },
    });
    const created = await create({ __NAME__: address, CREATE_ACTION: 'ssoCreate' }).expect(201);
    expect(fixture.usersNamed(address).map(({ id }) => id)).toEqual([(created.body as { uid: string }).uid]);
  });

  it('deletes for good, and then there is nobody', async () => {
    await service.close();
    await start({ custom: { deactivateOnDelete: false } });
    const user = fixture.user();
    await service.post('delete', { objectClass, uid: user.id }).expect(204);
    expect(fixture.usersNamed(user.email)).toEqual([]);
    await service.post('get', { objectClass, uid: user.id }).expect(404);
    await service.post('delete', { objectClass, uid: user.id }).expect(404);
    await update(user.id, replace('DEPT', 'x')).expect(404);
  });

  it('plans in a dry run what it would do', async () => {
    const user = fixture.user();
    const deltas = [replace('DEPT', 'Planned')];
    const answer = await service
      .post('update-delta?dryRun=true', { objectClass, uid: user.id, deltas })
      .expect(200);
    const { plan } = answer.body as { plan: { method: string }[] };
    const writes = plan.map(({ method }) => method).filter((method) => method !== 'GET');
    expect(writes).toEqual([mode === 'rest' ? 'PATCH' : 'PUT']);
    await service
      .post('create?dryRun=true', { objectClass, attributes: { __NAME__: fixture.address(), DEPT: 'New' } })
      .expect(200);
    expect(user.dept).not.toBe('Planned');
  });
});

/** What the simulator knows of a user's profile. */
function pick({ dept, first_name, groups, profile, role_id }: User): object {
  const { job_title, location, manager, pronouns } = profile;
  return {
    dept,
    first_name,
    role_id,
    job_title,
    location,
    manager,
    pronouns,
    groups: groups.map(({ id }) => id),
  };
}
