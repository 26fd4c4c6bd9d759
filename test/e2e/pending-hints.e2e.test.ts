import { afterEach, describe, expect, it } from '@jest/globals';
import { FaultFixture } from '../faults/fault-fixture.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

/** Zoom refuses the next call like this. */
function refuse(method: string, code: number, message: string): void {
  const action = { kind: 'status', status: 400, body: { code, message } } as const;
  service.simulator.faults.add({ match: { method, path: '/users/{userId}', times: 1 }, action });
}

describe.each([{}, { api: 'scim' }])(
  'the hint about a refused call on a pending user, with %j',
  (settings) => {
    it('helps to withdraw an invitation to a managed domain', async () => {
      service = await startService({ service: settings });
      fixture = new FaultFixture(service.simulator);
      const { id } = fixture.user('pending');
      refuse('DELETE', 1107, 'You can not disassociate a user with managed domain.');
      const answer = await service.post('delete', { objectClass, uid: id }).expect(412);
      expect(answer.body).toMatchObject({
        hint: expect.stringContaining('Delete the pending user in the Zoom portal') as unknown,
      });
    });

    it('names no call queue, which a pending user cannot manage', async () => {
      service = await startService({ service: settings });
      fixture = new FaultFixture(service.simulator);
      const [{ id }, group] = [fixture.user('pending'), fixture.group()];
      for (const request of [
        { objectClass, uid: id, deltas: [{ name: 'GROUP_IDS', valuesToAdd: [group.id] }] },
        { objectClass: 'ZoomGroup', uid: group.id, deltas: [{ name: 'MEMBER_IDS', valuesToAdd: [id] }] },
      ]) {
        refuse('PATCH', 1000, 'The user is pending.');
        const answer = await service.post('update-delta', request).expect(412);
        const { hint } = answer.body as { hint: string };
        expect(hint).toContain('before the person accepts the invitation');
        expect(hint).not.toContain('queue');
      }
    });
  },
);
