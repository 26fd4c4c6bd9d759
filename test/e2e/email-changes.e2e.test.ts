import { describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';
import { FaultFixture } from '../faults/fault-fixture.js';

const change = (service: TestService, uid: string, address: string, ...deltas: object[]) =>
  service.post('update-delta', {
    objectClass: 'ZoomUser',
    uid,
    deltas: [{ name: '__NAME__', valuesToReplace: [address] }, ...deltas],
  });

const dept = { name: 'DEPT', valuesToReplace: ['Sales'] };

describe.each([
  ['rest', { api: 'rest' }],
  ['scim', { api: 'scim' }],
  ['SCIM alone', { api: 'scim', scimFallback: false }],
])('e-mail changes over %s', (_, api) => {
  it.each([
    ['fail', 412, { exception: 'PreconditionFailedException', retryAfter: expect.any(Number) }],
    ['warn', 200, { warnings: [{ code: 'EMAIL_NOT_CHANGED', attributes: ['__NAME__'] }] }],
  ])('are refused at the fourth of a day, with %s', async (emailChangeRefusal, status, body) => {
    const service = await startService({ service: api, custom: { emailChangeRefusal } });
    const fixture = new FaultFixture(service.simulator);
    const user = fixture.user();
    for (const address of [fixture.address(), fixture.address(), fixture.address()])
      expect((await change(service, user.id, address)).status).toBe(200);
    const fourth = await change(service, user.id, fixture.address(), dept);
    expect(fourth.status).toBe(status);
    expect(fourth.body).toMatchObject(body);
    expect(user.dept).toBe('Sales');
    await service.close();
  });

  it('to an address of a foreign account are told from those to one of this account', async () => {
    const service = await startService({ service: api });
    const fixture = new FaultFixture(service.simulator);
    const [user, other, foreign] = [fixture.user(), fixture.user(), fixture.address()];
    service.simulator.addForeignAddress(foreign);
    const elsewhere = await change(service, user.id, foreign, dept).expect(409);
    expect(elsewhere.body).toMatchObject({
      exception: 'AlreadyExistsException',
      detail: expect.stringContaining('foreign Zoom account') as unknown,
      applied: ['DEPT'],
      notApplied: ['__NAME__'],
    });
    expect(elsewhere.body).not.toHaveProperty('uid');
    const here = await change(service, user.id, other.email.toUpperCase()).expect(409);
    expect(here.body).toMatchObject({ exception: 'AlreadyExistsException', uid: other.id });
    await service.close();
  });
});
