import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { until } from '../support/raw-client.js';
import { pass, pendingTimers, useVirtualTime } from '../support/virtual-time.js';
import { type Harness, request, startHarness } from './harness.js';

useVirtualTime();

describe('DELETE /users/{userId}', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  const managed = (user: User): boolean => user.email.endsWith('@example.com');

  it('deletes a user, who then can be created anew', async () => {
    const user = harness.first('active', managed);
    expect((await harness.call(`DELETE /users/${user.id}?action=delete`)).status).toBe(204);
    expect((await harness.call(`GET /users/${user.id}`)).body).toEqual({
      code: 1001,
      message: `User does not exist: ${user.id}.`,
    });
    expect(harness.sim.state.foreignAddresses.has(user.email)).toBe(false);
  });

  it('disassociates outside of the managed domains only, and leaves a foreign account behind', async () => {
    expect((await harness.call(`DELETE /users/${harness.first('active', managed).id}`)).body['code']).toBe(
      1107,
    );
    const user = harness.first('active', (other) => !managed(other));
    expect((await harness.call(`DELETE /users/${user.id}`)).status).toBe(204);
    expect(harness.sim.state.foreignAddresses.has(user.email)).toBe(true);
  });

  it('protects administrators and the owner', async () => {
    expect((await harness.call('DELETE /users/admin1@example.com')).body['code']).toBe(1117);
    expect((await harness.call('DELETE /users/me?action=delete')).body['code']).toBe(200);
  });

  it('withdraws invitations by address', async () => {
    const user = harness.first('pending');
    expect((await harness.call(`DELETE /users/${user.id}`)).body['code']).toBe(1120);
    expect((await harness.call(`DELETE /users/${user.email}?action=delete`)).body['code']).toBe(1120);
    expect((await harness.call(`DELETE /users/${user.email}`)).status).toBe(204);
    expect(harness.sim.state.onceInvited.has(user.email)).toBe(true);
  });

  it('withdraws an expired invitation, which other calls refuse', async () => {
    const { email } = harness.sim.expireInvitation(harness.first('pending').email);
    expect((await harness.call(`GET /users/${email}`)).body['code']).toBe(1120);
    expect((await harness.call(`PATCH /users/${email}`, {})).body['code']).toBe(1120);
    expect((await harness.call(`DELETE /users/${email}`)).status).toBe(204);
  });

  it('checks the receiver of transferred data', async () => {
    const user = harness.first('active', managed);
    const remove = async (query: string): Promise<unknown> =>
      (await harness.call(`DELETE /users/${user.id}?action=delete&${query}`)).body['code'];
    expect(await remove('transfer_meeting=true')).toBe(300);
    expect(await remove(`transfer_meeting=true&transfer_email=${user.email}`)).toBe(300);
    expect(await remove('transfer_meeting=true&transfer_email=nobody@example.com')).toBe(300);
    expect(await remove('transfer_meeting=true&transfer_email=owner@example.com')).toBeUndefined();
  });

  it('lets only one deletion of a user run at a time', async () => {
    const bearer = await harness.token();
    harness.sim.setOptions({ latencyMs: 500 });
    const { id } = harness.first('active', managed);
    const deletions = [1, 2].map(() => request(harness.url, `DELETE /users/${id}?action=delete`, { bearer }));
    await until(() => pendingTimers() === 2);
    await pass(500);
    const answers = await Promise.all(deletions);
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 429]);
    expect(answers.find((answer) => answer.status === 429)?.body['message']).toMatch(
      /^Too many concurrent requests/,
    );
  });
});
