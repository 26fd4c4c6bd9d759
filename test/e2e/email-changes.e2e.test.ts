import { expect, it } from '@jest/globals';
import { startService } from '../support/service.js';

it('refuses the fourth e-mail change of a day as a precondition that says when it will hold', async () => {
  const service = await startService();
  const user = service.simulator.state.users.list('active').find(({ role_id }) => role_id === '2');
  const [, domain = ''] = user?.email.split('@') ?? [];
  const change = (number: number) =>
    service.post('update-delta', {
      objectClass: 'ZoomUser',
      uid: user?.id,
      deltas: [{ name: '__NAME__', valuesToReplace: [`changed.${number}@${domain}`] }],
    });
  for (const number of [1, 2, 3]) expect((await change(number)).status).toBe(200);
  const fourth = await change(4);
  expect(fourth.status).toBe(412);
  expect(fourth.body).toMatchObject({
    exception: 'PreconditionFailedException',
    retryAfter: expect.any(Number),
  });
  await service.close();
});
