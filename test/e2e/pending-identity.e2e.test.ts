import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';
const options = { attributesToGet: ['STATUS'] };

let service: TestService;
let uid = '';
let name = '';
beforeEach(async () => {
  service = await startService({ custom: { deactivateOnDelete: false } });
  const [user] = service.simulator.state.users.list('pending');
  [uid, name] = [user?.id ?? '', user?.email ?? ''];
});
afterEach(() => service.close());

const get = (hint: object = {}) => service.post('get', { objectClass, uid, ...hint, options });
async function find(filter: unknown): Promise<readonly ConnectorObject[]> {
  const answer = await service.post('search', { objectClass, filter, options }).expect(200);
  return (answer.body as { results: ConnectorObject[] }).results;
}
const uidsNamed = async (filter?: unknown) =>
  (await find(filter)).filter((object) => object.name === name).map((object) => object.uid);
const accept = (keepId: boolean): string => service.simulator.acceptInvitation(name, { keepId }).id;

describe('a pending user who accepts the invitation', () => {
  it('stays the same object when Zoom keeps the id', async () => {
    expect((await get()).body).toMatchObject({ uid, attributes: { STATUS: 'pending' } });
    accept(true);
    expect((await get()).body).toMatchObject({ uid, name, attributes: { STATUS: 'active' } });
    expect(await uidsNamed()).toEqual([uid]);
  });

  it('is found under the new id by the old one and the last known name', async () => {
    const present = accept(false);
    expect(present).not.toBe(uid);
    expect((await get({ nameHint: name })).body).toMatchObject({ uid: present, name });
  });

  it('is found by the old id alone when the connector has seen it', async () => {
    expect(await uidsNamed('STATUS eq "pending"')).toEqual([uid]);
    const present = accept(false);
    expect((await get()).body).toMatchObject({ uid: present, attributes: { STATUS: 'active' } });
    expect(await uidsNamed({ equals: { __UID__: uid } })).toEqual([present]);
    expect(
      await uidsNamed({ and: [{ equals: { __UID__: uid } }, { equals: { STATUS: 'active' } }] }),
    ).toEqual([present]);
    expect(await uidsNamed()).toEqual([present]);
  });

  it('is gone for a connector that has neither seen it nor is told the name', async () => {
    accept(false);
    expect((await get()).body).toMatchObject({ status: 404, exception: 'UnknownUidException' });
  });

  it('is updated under the old id, and the new one is a side effect', async () => {
    const present = accept(false);
    const deltas = [{ name: 'DEPT', valuesToReplace: ['Canary'] }];
    const answer = await service
      .post('update-delta', { objectClass, uid, nameHint: name, deltas })
      .expect(200);
    expect(answer.body).toMatchObject({ sideEffects: [{ name: '__UID__', valuesToReplace: [present] }] });
    expect(service.simulator.state.users.list('active').find(({ email }) => email === name)?.dept).toBe(
      'Canary',
    );
  });

  it('is deleted under the old id', async () => {
    accept(false);
    await service.post('delete', { objectClass, uid, nameHint: name }).expect(204);
    expect(await uidsNamed()).toEqual([]);
  });
});

describe('a pending user whose invitation has expired', () => {
  beforeEach(() => void service.simulator.expireInvitation(name));

  it('is the address, in listings and by address', async () => {
    expect(await uidsNamed('STATUS eq "pending"')).toEqual([name]);
    expect(await uidsNamed({ equals: { EMAIL: name } })).toEqual([name]);
    expect(await uidsNamed({ equals: { __UID__: name } })).toEqual([name]);
  });

  it('is found by the former id and the last known name', async () => {
    expect((await get({ nameHint: name })).body).toMatchObject({
      uid: name,
      attributes: { STATUS: 'pending' },
    });
  });

  it('is not said to be gone when only the former id is known', async () => {
    expect((await get()).body).toMatchObject({ status: 412, exception: 'PreconditionFailedException' });
  });
});
