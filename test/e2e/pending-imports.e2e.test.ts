import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import type { User } from '../../src/simulator/state/records.js';
import { createId } from '../../src/simulator/core/ids.js';
import { createRandom } from '../../src/simulator/core/random.js';
import { byUid } from '../support/by-uid.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';

const objectClass = 'ZoomUser';
const today = '2026-12-01T08:00:00Z';

/** Ways to import users. Over SCIM, REST lists the pending ones. */
const ways: readonly { readonly name: string; readonly settings: TestSettings }[] = [
  { name: 'REST', settings: { service: { api: 'rest' } } },
  { name: 'SCIM with REST', settings: { service: { api: 'scim' } } },
];

describe.each(ways)('pending users of an import over $name', ({ settings }) => {
  let service: TestService;
  let pending = 0;
  beforeEach(async () => {
    service = await startService({ ...settings, custom: { deactivateOnDelete: false } });
    pending = service.simulator.state.users.list('pending').length;
    service.calls();
  });
  afterEach(() => service.close());

  async function importUsers(attributesToGet = ['STATUS', 'DEPT']) {
    service.calls();
    const answer = await service.post('search', { objectClass, options: { attributesToGet } }).expect(200);
    const { results } = answer.body as { results: readonly ConnectorObject[] };
    const lookUps = service.calls().filter((call) => call.startsWith('GET /v2/users/')).length;
    return { results: byUid(results), lookUps };
  }
  const uidOf = (results: readonly ConnectorObject[], address: string) =>
    results.find(({ name }) => name === address)?.uid;
  const first = () => {
    const user = service.simulator.state.users
      .list('pending')
      .find(({ invitation }) => invitation?.expired !== true);
    if (user === undefined) throw new Error('there is no pending user');
    return user;
  };
  const invite = async (email: string): Promise<string> => {
    const created = await service.post('create', { objectClass, attributes: { EMAIL: email } }).expect(201);
    return (created.body as { uid: string }).uid;
  };

  it('cost a look-up each the first time, and none the next time', async () => {
    const before = await importUsers();
    expect(before.lookUps).toBe(pending);
    expect(await importUsers()).toEqual({ ...before, lookUps: 0 });
  });

  it('cost none after a change of the configuration', async () => {
    const before = await importUsers();
    await service.reload({ ...settings, rest: { ioErrorRetries: 1 } });
    expect(await importUsers()).toEqual({ ...before, lookUps: 0 });
  });

  it('are read for attributes that the list does not contain', async () => {
    await importUsers();
    const { lookUps, results } = await importUsers(['STATUS', 'TIME_ZONE', 'LANGUAGE']);
    expect(lookUps).toBeGreaterThanOrEqual(pending);
    const invited = results.filter(({ attributes }) => attributes['STATUS'] === 'pending');
    expect(invited.filter(({ attributes }) => 'LANGUAGE' in attributes).length).toBeGreaterThan(0);
  });

  it('cost a look-up when they are new', async () => {
    await importUsers();
    const email = 'jane.canary@example.com';
    const uid = inviteElsewhere(first(), { email, created_at: today });
    const { lookUps, results } = await importUsers();
    expect([lookUps, uidOf(results, email)]).toEqual([1, uid]);
  });

  it('are listed under another id after they have accepted the invitation, if Zoom changes it', async () => {
    await importUsers();
    const { email } = first();
    const { id } = service.simulator.acceptInvitation(email, { keepId: false });
    const { lookUps, results } = await importUsers();
    expect([lookUps, uidOf(results, email)]).toEqual([0, id]);
  });

  it('are never given an old id when they are invited again in the portal', async () => {
    await importUsers();
    const user = first();
    const { email, id } = user;
    service.simulator.deleteInvitation(email);
    const present = inviteElsewhere(user, { created_at: today });
    expect(present).not.toBe(id);
    const { lookUps, results } = await importUsers();
    expect([lookUps, uidOf(results, email)]).toEqual([1, present]);
  });

  it('are never given an old id when the connector invites them again within the same second', async () => {
    await importUsers();
    const { email, id } = first();
    await service.post('delete', { objectClass, uid: id, nameHint: email }).expect(204);
    const present = await invite(email);
    const { lookUps, results } = await importUsers();
    expect([lookUps, uidOf(results, email)]).toEqual([1, present]);
  });

  it('are read again when a get shows that the invitation is another one', async () => {
    await importUsers();
    const user = first();
    const { email, id } = user;
    service.simulator.deleteInvitation(email);
    // Only the answer to the get contradicts what is remembered.
    const present = inviteElsewhere(user, {});
    const got = await service.post('get', { objectClass, uid: id, nameHint: email }).expect(200);
    expect(got.body).toMatchObject({ uid: present });
    const { lookUps, results } = await importUsers();
    expect([lookUps, uidOf(results, email)]).toEqual([1, present]);
  });

  /** Somebody invites a person in the portal, not through the connector, perhaps one who was invited before. */
  function inviteElsewhere(like: User, changes: Partial<User>): string {
    const { users } = service.simulator.state;
    const id = createId(createRandom(1));
    users.add({ ...structuredClone(like), ...changes, seq: users.nextSeq(), id });
    return id;
  }
});
