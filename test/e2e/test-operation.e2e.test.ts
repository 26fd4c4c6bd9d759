import { describe, expect, it } from '@jest/globals';
import { startService, type TestSettings } from '../support/service.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly hint?: string;
}

async function checkNamed(name: string, settings: TestSettings): Promise<Check | undefined> {
  const service = await startService(settings);
  const answer = await service.post('test');
  expect(answer.status).toBe(200);
  await service.close();
  return (answer.body as { checks: Check[] }).checks.find((check) => check.name === name);
}

describe('Test', () => {
  it.each([
    [true, 'The account has Zoom Phone.'],
    [false, 'The account has no Zoom Phone: its users have no phone attributes.'],
  ])('tells whether the account has Zoom Phone: %s', async (phoneEnabled, detail) => {
    const check = await checkNamed('Zoom Phone', { simulator: { phoneEnabled } });
    expect(check).toEqual({ name: 'Zoom Phone', ok: true, detail });
  });

  it('asks nothing more of a target that does not answer', async () => {
    const service = await startService({ rest: { ioErrorRetries: 0 } });
    service.simulator.faults.add({ match: { method: 'GET' }, action: { kind: 'drop', when: 'before' } });
    const answer = await service.post('test');
    expect(answer.body).toMatchObject({
      exception: 'ConnectionBrokenException',
      errors: [{ path: 'ZoomUser', message: expect.stringContaining('listUsers') }],
      hint: expect.stringContaining('firewall'),
    });
    expect(service.calls()).toHaveLength(1);
    await service.close();
  });

  it('warns about a free plan, and of no other', async () => {
    const warning = { ok: true, hint: expect.stringContaining('free account') };
    expect(await checkNamed('plan', { rateLimit: { plan: 'free' } })).toMatchObject(warning);
    expect(await checkNamed('plan', { rateLimit: { plan: 'pro' } })).toBeUndefined();
  });
});
