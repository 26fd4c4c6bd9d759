import { describe, expect, it } from '@jest/globals';
import { FaultFixture } from '../faults/fault-fixture.js';
import { startService } from '../support/service.js';

const attributeNames = { JOB_TITLE: 'COMPANY', COMPANY: 'TITLE', EXTENSION_NUMBER: 'EXTENSION' };
const replace = (name: string, ...valuesToReplace: unknown[]) => ({ name, valuesToReplace });

describe.each(['rest', 'scim'])('a refusal over %s names attributes as they are configured', (api) => {
  it.each([
    ['inactive', 'COMPANY', 'Engineer'],
    ['pending', 'TITLE', 'Acme'],
    ['active', 'EXTENSION', '8001'],
  ] as const)('of an %s user', async (status, name, value) => {
    const simulator = { phoneUsers: 0 };
    const service = await startService({ service: { api }, custom: { attributeNames }, simulator });
    const user = new FaultFixture(service.simulator).user(status);
    const deltas = [replace(name, value)];
    const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas });
    expect(answer.status).toBe(412);
    expect(answer.body).toMatchObject({ applied: [], notApplied: [name] });
    await service.close();
  });
});
