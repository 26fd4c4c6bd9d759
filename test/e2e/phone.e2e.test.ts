import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';
import { canary } from '../support/canary.js';
import { replace } from '../support/deltas.js';

const objectClass = 'ZoomUser';
const phone = [
  'ZOOM_PHONE_FEATURE',
  'ZOOM_PHONE_STATUS',
  'EXTENSION_NUMBER',
  'ZOOM_PHONE_NUMBERS',
  'ZOOM_PHONE_CALLING_PLANS',
  'SITE_ID',
  'SITE_NAME',
  'SITE_CODE',
];
const noPhone = {
  ZOOM_PHONE_FEATURE: false,
  ZOOM_PHONE_STATUS: null,
  EXTENSION_NUMBER: null,
  ZOOM_PHONE_NUMBERS: [],
  ZOOM_PHONE_CALLING_PLANS: [],
  SITE_ID: null,
  SITE_NAME: null,
  SITE_CODE: null,
};

interface Answer {
  readonly attributes: Readonly<Record<string, unknown>>;
}

describe('Zoom Phone of a user', () => {
  let service: TestService;
  let sites: readonly string[];
  let freeNumbers: readonly string[];
  beforeAll(async () => {
    service = await startService({ simulator: { users: 40, phoneUsers: 12 } });
    const { phone: state } = service.simulator.state;
    sites = state.sites.map(({ id }) => id);
    freeNumbers = state.numbers.flatMap(({ number, owner, status }) =>
      owner === undefined && status === 'available' ? [number] : [],
    );
  });
  afterAll(() => service.close());

  const active = (index: number): string => {
    const users = service.simulator.state.users.list('active').filter(({ role_id }) => role_id === '2');
    return users[index]?.id ?? '';
  };
  const read = async (uid: string, names: readonly string[] = phone) => {
    const options = { attributesToGet: names };
    return ((await service.post('get', { objectClass, uid, options })).body as Answer).attributes;
  };
  const update = (uid: string, ...deltas: object[]) =>
    service.post('update-delta', { objectClass, uid, deltas });

  it('is told the same by a listing and by a read', async () => {
    const answer = await service.post('search', { objectClass, options: { attributesToGet: phone } });
    const { results } = answer.body as { results: (Answer & { uid: string })[] };
    expect(results).toHaveLength(40);
    expect(results.filter(({ attributes }) => attributes['ZOOM_PHONE_FEATURE'] === true)).toHaveLength(12);
    for (const { attributes, uid } of results) expect(await read(uid)).toEqual(attributes);
  });

  it('is false, not absent, for users who have none', async () => {
    expect(await read(active(29))).toEqual(noPhone);
  });

  it('is fully changed with eight calls, and nothing is left to change', async () => {
    const uid = active(3);
    const before = await read(uid);
    const [oldPlan] = before['ZOOM_PHONE_CALLING_PLANS'] as number[];
    const [oldNumber] = before['ZOOM_PHONE_NUMBERS'] as string[];
    const site = before['SITE_CODE'] === 1 ? 'zürich' : 'main site';
    const deltas = [
      replace('SITE_NAME', site),
      replace('EXTENSION_NUMBER', '4711'),
      { name: 'ZOOM_PHONE_CALLING_PLANS', valuesToAdd: [101, 102], valuesToRemove: [oldPlan] },
      { name: 'ZOOM_PHONE_NUMBERS', valuesToAdd: freeNumbers.slice(0, 2), valuesToRemove: [oldNumber] },
    ];
    service.calls();
    expect((await update(uid, ...deltas)).body).toEqual({ sideEffects: [], warnings: [] });
    expect(service.calls().length).toBeLessThanOrEqual(8);
    const after = await read(uid);
    expect((after['SITE_NAME'] as string).toLowerCase()).toBe(site);
    expect(after['EXTENSION_NUMBER']).toBe('4711');
    expect(after['ZOOM_PHONE_CALLING_PLANS']).toEqual(expect.arrayContaining([101, 102]));
    expect(after['ZOOM_PHONE_NUMBERS']).toEqual(expect.arrayContaining(freeNumbers.slice(0, 2)));
    expect(after['ZOOM_PHONE_NUMBERS']).not.toContain(oldNumber);
    service.calls();
    await update(uid, ...deltas);
    expect(service.calls().every((call) => call.startsWith('GET'))).toBe(true);
  });

  it('is switched on, waits for its record, is filled and switched off in one update each', async () => {
    const uid = active(20);
    const on = await update(
      uid,
      replace('ZOOM_PHONE_FEATURE', true),
      replace('SITE_ID', sites[1]),
      replace('ZOOM_PHONE_CALLING_PLANS', 200),
      replace('ZOOM_PHONE_NUMBERS', freeNumbers[5]),
    );
    expect(on.body).toEqual({ sideEffects: [], warnings: [] });
    expect(await read(uid)).toMatchObject({
      ZOOM_PHONE_FEATURE: true,
      SITE_ID: sites[1],
      SITE_CODE: 2,
      ZOOM_PHONE_CALLING_PLANS: [200],
      ZOOM_PHONE_NUMBERS: [freeNumbers[5]],
    });
    const off = await update(
      uid,
      replace('ZOOM_PHONE_FEATURE', false),
      replace('SITE_ID'),
      replace('ZOOM_PHONE_NUMBERS'),
    );
    expect(off.body).toEqual({ sideEffects: [], warnings: [] });
    expect(await read(uid)).toEqual(noPhone);
  });

  it('comes with a Workplace bundle by an assignment of its own', async () => {
    const bundled = await startService({ custom: { phoneBundleTypes: ['16'] } });
    const [user] = bundled.simulator.state.users.list('active').slice(30);
    const deltas = [replace('ZOOM_ONE_TYPE', '16'), replace('ZOOM_PHONE_FEATURE', true)];
    bundled.calls();
    await bundled.post('update-delta', { objectClass, uid: user?.id, deltas }).expect(200);
    expect(bundled.calls().at(-1)).toBe('PUT /v2/phone/users/batch 204');
    expect(bundled.simulator.state.users.list('active').slice(30)[0]?.features).toMatchObject({
      zoom_phone: true,
    });
    await bundled.close();
  });

  it.each([
    ['a number that is taken', () => replace('ZOOM_PHONE_NUMBERS', '+12055000001'), '+12055000001'],
    ['a number that is not there', () => replace('ZOOM_PHONE_NUMBERS', '+19995550000'), '+19995550000'],
    ['a plan that is not there', () => replace('ZOOM_PHONE_CALLING_PLANS', 999), '999'],
    ['a site id that is not there', () => replace('SITE_ID', 'nosuchsiteAAAAAAAAAAAA'), 'nosuchsite'],
    ['a site name that is not there', () => replace('SITE_NAME', 'Atlantis'), 'Atlantis'],
  ])('refuses %s and names it', async (_, delta, named) => {
    const answer = await update(active(5), delta());
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ exception: 'InvalidAttributeValueException' });
    expect((answer.body as { detail: string }).detail).toContain(named);
  });

  it('says which plan has no licence left', async () => {
    const answer = await update(active(5), { name: 'ZOOM_PHONE_CALLING_PLANS', valuesToAdd: [203] });
    expect(answer.body).toMatchObject({ exception: 'PreconditionFailedException' });
    expect((answer.body as { detail: string }).detail).toContain('203');
  });

  it.each([
    ['is not there', { SITE_NAME: 'Atlantis' }, 'Atlantis'],
    ['is named twice, differently', { SITE_ID: 'nosuchsiteAAAAAAAAAAAA', SITE_NAME: 'Zürich' }, 'different'],
  ])('makes no user who is to be at a site that %s', async (_, site, named) => {
    service.calls();
    const attributes = { __NAME__: 'nowhere@example.com', ZOOM_PHONE_FEATURE: true, ...site };
    const answer = await service.post('create', { objectClass, attributes }).expect(400);
    expect(answer.body).toMatchObject({ exception: 'InvalidAttributeValueException' });
    expect((answer.body as { detail: string }).detail).toContain(named);
    expect(service.calls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('given at create follows once the user is made', async () => {
    const attributes = {
      __NAME__: 'phone.user@example.com',
      CREATE_ACTION: 'autoCreate',
      __PASSWORD__: canary.password,
      ZOOM_ONE_TYPE: '576460752303423488',
      ZOOM_PHONE_FEATURE: true,
      ZOOM_PHONE_CALLING_PLANS: [100],
      EXTENSION_NUMBER: '4712',
    };
    const answer = await service.post('create', { objectClass, attributes });
    expect(answer.body).toMatchObject({ warnings: [] });
    const { uid } = answer.body as { uid: string };
    expect(await read(uid, ['ZOOM_ONE_TYPE', ...phone])).toMatchObject({
      ZOOM_ONE_TYPE: '576460752303423488',
      ZOOM_PHONE_FEATURE: true,
      ZOOM_PHONE_CALLING_PLANS: [100],
      EXTENSION_NUMBER: '4712',
    });
  });
});

describe('an account without Zoom Phone', () => {
  it('is one whose users have no phone', async () => {
    const service = await startService({ simulator: { phoneEnabled: false, phoneUsers: 0, users: 10 } });
    const answer = await service.post('search', { objectClass, options: { attributesToGet: phone } });
    const { results } = answer.body as { results: (Answer & { uid: string })[] };
    for (const { attributes } of results) expect(attributes).toEqual(noPhone);
    const uid = service.simulator.state.users.list('active')[0]?.id;
    const single = await service.post('get', { objectClass, uid, options: { attributesToGet: phone } });
    expect((single.body as Answer).attributes).toEqual(noPhone);
    await service.close();
  });
});
