import { afterEach, describe, expect, it } from '@jest/globals';
import { FaultFixture } from '../faults/fault-fixture.js';
import { replace } from '../support/deltas.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

async function start(settings: object): Promise<void> {
  service = await startService({ service: settings });
  fixture = new FaultFixture(service.simulator);
}

const modes = [
  ['REST', {}],
  ['SCIM with REST', { api: 'scim' }],
  ['SCIM alone', { api: 'scim', scimFallback: false }],
] as const;

/** Uids of the users that a filter finds. */
async function uidsOf(filter: object): Promise<readonly string[]> {
  const options = { attributesToGet: ['STATUS'] };
  const answer = await service.post('search', { objectClass, filter, options }).expect(200);
  return (answer.body as { results: { uid: string }[] }).results.map(({ uid }) => uid);
}

describe.each(modes)('an address over %s', (_, settings) => {
  it.each([
    `"o'brien x"@example.com`,
    '"a@b \\" c"@example.com',
    '"x/../y"@example.com',
    '"../y"@example.com',
    'x@exa\u200Bmple.com',
  ])('that Zoom has is found by equality as by its beginning: %j', async (email) => {
    await start(settings);
    const user = fixture.user();
    service.simulator.state.users.change(user, { email });
    for (const filter of [
      { equals: { EMAIL: email } },
      { equalsIgnoreCase: { EMAIL: email.toUpperCase() } },
      { or: [{ equals: { EMAIL: email } }, { equals: { EMAIL: 'nobody@example.com' } }] },
      { startsWith: { EMAIL: email.slice(0, -1) } },
    ]) {
      expect(await uidsOf(filter)).toEqual([user.id]);
    }
  });

  it.each(['nobody', 'a b@example.com', 'x\u0000@example.com', `${'x'.repeat(128)}@example.com`])(
    'that Zoom cannot have is nobody, without a call: %j',
    async (email) => {
      await start(settings);
      service.calls();
      expect(await uidsOf({ equals: { EMAIL: email } })).toEqual([]);
      expect(service.calls()).toEqual([]);
    },
  );

  it('with a quoted part and a blank is created, renamed and read', async () => {
    await start(settings);
    const [first, second] = [`"o'brien x"@example.com`, '"o brien"@example.com'];
    const attributes = { EMAIL: first, CREATE_ACTION: 'ssoCreate' };
    const made = await service.post('create', { objectClass, attributes }).expect(201);
    const { uid } = made.body as { uid: string };
    await service.post('update-delta', { objectClass, uid, deltas: [replace('EMAIL', second)] }).expect(200);
    const answer = await service.post('get', { objectClass, uid }).expect(200);
    expect(answer.body).toMatchObject({ name: second });
  });

  it.each(['\u200B', '\u00AD', '\u2060', '\uFEFF', '\u200D', '\u3164', '\u{E0020}', '\u0600'])(
    'with an invisible character in its domain is refused before any call: %j',
    async (character) => {
      await start(settings);
      const { id } = fixture.user();
      const address = `x@exa${character}mple.com`;
      service.calls();
      const refused = { exception: 'InvalidAttributeValueException' };
      const created = await service
        .post('create', { objectClass, attributes: { EMAIL: address } })
        .expect(400);
      expect(created.body).toMatchObject(refused);
      const change = { objectClass, uid: id, deltas: [replace('EMAIL', address)] };
      expect((await service.post('update-delta', change).expect(400)).body).toMatchObject(refused);
      expect(service.calls()).toEqual([]);
    },
  );
});

describe('an invisible character in the domain', () => {
  it.each([
    [{}, 'ADMIN_EMAILS'],
    [{ api: 'scim' }, 'EMAIL_ALIAS'],
  ])('is refused for groups, too', async (settings, name) => {
    await start(settings);
    const [group] = fixture.groups();
    service.calls();
    const change = {
      objectClass: 'ZoomGroup',
      uid: group?.id,
      deltas: [replace(name, 'x@exa\u200Bmple.com')],
    };
    await service.post('update-delta', change).expect(400);
    expect(service.calls()).toEqual([]);
  });
});
