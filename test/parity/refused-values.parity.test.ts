import { afterEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { FaultFixture } from '../faults/fault-fixture.js';
import { replace } from '../support/deltas.js';
import { startService, type TestService } from '../support/service.js';

/** The outcome in a problem. */
interface Outcome {
  readonly exception: string;
  readonly applied: readonly string[];
  readonly notApplied: readonly string[];
}

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

async function start(settings: object, simulator: object = {}): Promise<void> {
  service = await startService({ service: settings, simulator });
  fixture = new FaultFixture(service.simulator);
}

/** A user with this licence. */
function userOfType(type: number): User {
  const user = fixture.user();
  service.simulator.state.users.change(user, { type });
  service.simulator.clearRequests();
  return user;
}

const update = (user: User, ...deltas: object[]) =>
  service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas });

/** Bodies of the writes, in order. */
const written = () =>
  service.simulator.requests
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oauth'))
    .map(({ body }) => body);

const tooLong = replace('ABOUT_ME', 'x'.repeat(151));

const overBoth = [
  ['REST', {}],
  ['SCIM with REST', { api: 'scim' }],
] as const;

describe.each(overBoth)('a field that needs a licence, over %s', (_, settings) => {
  it('follows a licence that rises', async () => {
    await start(settings);
    const user = userOfType(1);
    await update(user, replace('TYPE', 2), replace('USE_PMI', true), replace('DEPT', 'New')).expect(200);
    expect(user).toMatchObject({ type: 2, dept: 'New', profile: { use_pmi: true } });
  });

  it('precedes a licence that falls', async () => {
    await start(settings);
    const user = userOfType(2);
    await update(user, replace('TYPE', 1), replace('USE_PMI', true), replace('DEPT', 'New')).expect(200);
    expect(user).toMatchObject({ type: 1, dept: 'New', profile: { use_pmi: true } });
  });

  it('is refused alone where there is no licence', async () => {
    await start(settings);
    const user = userOfType(1);
    const deltas = [replace('USE_PMI', true), replace('DEPT', 'New'), replace('LANGUAGE', 'de-DE')];
    const answer = await update(user, ...deltas).expect(412);
    const { applied, exception, notApplied } = answer.body as Outcome;
    expect(exception).toBe('PreconditionFailedException');
    expect([new Set(applied), notApplied]).toEqual([new Set(['DEPT', 'LANGUAGE']), ['USE_PMI']]);
    expect(user).toMatchObject({ dept: 'New', language: 'de-DE' });
  });

  it('is refused, and the licence is not, where no seat is free', async () => {
    await start(settings);
    const user = userOfType(1);
    service.simulator.setLicences({ pool: 'licensed', free: 0 });
    const answer = await update(
      user,
      replace('TYPE', 2),
      replace('USE_PMI', true),
      replace('LANGUAGE', 'de-DE'),
    );
    const { applied, notApplied } = answer.body as Outcome;
    expect([applied, new Set(notApplied)]).toEqual([['LANGUAGE'], new Set(['TYPE', 'USE_PMI'])]);
    expect(user).toMatchObject({ type: 1, language: 'de-DE' });
  });
});

describe('calls over REST', () => {
  it('are one for the profile, with fields that need a licence, unless a licence rises', async () => {
    await start({});
    const user = userOfType(2);
    await update(user, replace('USE_PMI', true), replace('DEPT', 'New')).expect(200);
    expect(written()).toEqual([{ use_pmi: true, dept: 'New' }]);
    service.simulator.clearRequests();
    await update(user, replace('TYPE', 1), replace('USE_PMI', false), replace('DEPT', 'Old')).expect(200);
    expect(written()).toEqual([{ use_pmi: false, dept: 'Old' }, { type: 1 }]);
    service.simulator.clearRequests();
    await update(user, replace('TYPE', 2), replace('USE_PMI', true), replace('DEPT', 'New')).expect(200);
    expect(written()).toEqual([{ dept: 'New' }, { type: 2 }, { use_pmi: true }]);
  });

  it('are repeated apart only for a refusal that may concern one value', async () => {
    await start({});
    const user = userOfType(1);
    await update(
      user,
      tooLong,
      replace('DEPT', 'New'),
      replace('PHONE_NUMBER', '1'),
      replace('PHONE_COUNTRY', 'US'),
    );
    expect(written().slice(1)).toEqual([
      { dept: 'New' },
      { phone_number: '1', phone_country: 'US' },
      { about_me: 'x'.repeat(151) },
    ]);
    service.simulator.clearRequests();
    const body = { code: 1120, message: 'A valid invitation was not found.' };
    const match = { method: 'PATCH', path: '/users/{userId}' };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 400, body } });
    await update(user, replace('DEPT', 'Old'), replace('LANGUAGE', 'de-DE')).expect(412);
    expect(written()).toHaveLength(1);
  });
});

describe.each(['merge', 'replace'])('a refused value over SCIM, PUT: %s', (scimPut) => {
  const numbers = [{ country: 'GB', code: '+44', number: '2071838750', label: 'Home' }];

  function userWithNumber(): User {
    const user = userOfType(1);
    service.simulator.state.users.change(user, { profile: { ...user.profile, phone_numbers: numbers } });
    return user;
  }

  it('does not keep the repair of what the PUT damages', async () => {
    await start({ api: 'scim' }, { scimPut });
    const user = userWithNumber();
    const answer = await update(user, replace('DEPT', 'New'), tooLong, replace('LANGUAGE', 'de-DE')).expect(
      400,
    );
    expect(answer.body).toMatchObject({ applied: ['DEPT', 'LANGUAGE'], notApplied: ['ABOUT_ME'] });
    expect(user).toMatchObject({ dept: 'New', language: 'de-DE', profile: { phone_numbers: numbers } });
  });

  it('does not keep it when it is the only other value, or the number itself', async () => {
    await start({ api: 'scim' }, { scimPut });
    const user = userWithNumber();
    await update(user, replace('DEPT', 'New'), tooLong).expect(400);
    expect(user).toMatchObject({ dept: 'New', profile: { phone_numbers: numbers } });
    const many = ['1', '2', '3', '4'].map((digit) => `tel:+1555010${digit}000;label=Home;country=US`);
    const answer = await update(
      user,
      replace('DEPT', 'Old'),
      replace('PROFILE_PHONE_NUMBERS', ...many),
    ).expect(400);
    expect(answer.body).toMatchObject({ applied: ['DEPT'], notApplied: ['PROFILE_PHONE_NUMBERS'] });
    expect(user).toMatchObject({ dept: 'Old', profile: { phone_numbers: numbers } });
  });

  it.each([true, false])(
    'does not keep other values and the address, with fallback: %s',
    async (scimFallback) => {
      await start({ api: 'scim', scimFallback }, { scimPut });
      const user = userOfType(1);
      service.simulator.setLicences({ pool: 'licensed', free: 0 });
      const address = fixture.address();
      const answer = await update(
        user,
        replace('__NAME__', address),
        replace('FIRST_NAME', 'Jack'),
        replace('TYPE', 2),
        replace('DEPT', 'New'),
        replace('PRONOUNS', 'she'),
      ).expect(412);
      expect(answer.body).toMatchObject({
        exception: 'PreconditionFailedException',
        applied: ['FIRST_NAME', 'DEPT', 'PRONOUNS', '__NAME__'],
        notApplied: ['TYPE'],
      });
      const expected = {
        first_name: 'Jack',
        dept: 'New',
        email: address,
        type: 1,
        profile: { pronouns: 'she' },
      };
      expect(user).toMatchObject(expected);
    },
  );
});

it('a refused name of a group over SCIM does not keep its alias', async () => {
  await start({ api: 'scim' });
  const [group, other] = [fixture.group(), fixture.group()];
  const deltas = [replace('GROUP_NAME', other.name), replace('EMAIL_ALIAS', 'team@example.com')];
  const change = { objectClass: 'ZoomGroup', uid: group.id, deltas };
  const answer = await service.post('update-delta', change).expect(409);
  expect(answer.body).toMatchObject({ applied: ['EMAIL_ALIAS'], notApplied: ['__NAME__'] });
  expect(group.email_alias).toBe('team@example.com');
});

it('a refused extension does not keep the site and the status of the phone', async () => {
  await start({});
  const { phone } = service.simulator.state;
  const [holder, other] = phone.users;
  if (holder === undefined || other === undefined) throw new Error('the account has too few phone users');
  const site = phone.sites.find((each) => each !== holder.site);
  const deltas = [
    replace('EXTENSION_NUMBER', String(other.extension_number)),
    replace('SITE_ID', site?.id),
    replace('ZOOM_PHONE_STATUS', 'deactivate'),
  ];
  const answer = await update(holder.user, ...deltas).expect(400);
  expect(answer.body).toMatchObject({
    applied: ['ZOOM_PHONE_STATUS', 'SITE_ID'],
    notApplied: ['EXTENSION_NUMBER'],
  });
  expect(holder).toMatchObject({ site, status: 'deactivate' });
});
