import { expect, it } from '@jest/globals';
import { userAttributes } from '../../../src/zoom/user/attributes.js';
import { FaultFixture } from '../../faults/fault-fixture.js';
import { expectDescribed, updateable } from '../../support/judged-requests.js';
import { createJudge } from '../../support/openapi-judge.js';
import { startService } from '../../support/service.js';
import { describeWithShared } from '../../support/shared.js';
import { replace } from '../../support/deltas.js';

type Delta = Readonly<Record<string, unknown>> & { readonly name: string };

describeWithShared("the connector's SCIM requests, judged by Zoom's description", () => {
  it.each([true, false])('has no request that Zoom does not describe (fallback %s)', async (scimFallback) => {
    // How a user signs in is shown by every read, and by reports from the field taken by a create.
    const undescribed = [/POST .*urn:us:zoom:scim:schemas:extension:1.0:ZoomUser/];
    const files = ['scim2-2025-12.json', 'users-2025-12.json', 'phone-2026.json', 'accounts-2025-12.json'];
    const judges = files.map((file) => createJudge(file, undescribed));
    const service = await startService({
      service: { api: 'scim', scimFallback },
      custom: { deactivateOnDelete: false },
      simulator: { users: 120 },
    });
    const alone = await startService({ service: { api: 'scim', scimFallback: false } });
    const { simulator } = service;
    const [user, group] = [new FaultFixture(simulator).user(), simulator.state.groups.all()[0]];
    const objectClass = 'ZoomUser';
    const given = new Set<string>();
    const update = async (...deltas: Delta[]) => {
      for (const { name } of deltas) given.add(`${objectClass}.${name}`);
      await service.post('update-delta', { objectClass, uid: user.id, deltas }).expect(200);
    };
    await service.post('test').expect(200);
    await service.post('search', { objectClass }).expect(200);
    const profile = {
      FIRST_NAME: 'Ann',
      LAST_NAME: 'Doe',
      DISPLAY_NAME: 'Ann',
      DEPT: 'R&D',
      JOB_TITLE: 'Dr.',
      COMPANY: 'Ex',
      LOCATION: 'Basel',
      COST_CENTER: 'C1',
      MANAGER: 'boss@example.com',
      EMPLOYEE_UNIQUE_ID: '4711',
      PRONOUNS: 'she',
      VANITY_NAME: 'ann.example',
      TYPE: 2,
      ZOOM_WHITEBOARD: true,
      ZOOM_ONE_BIZ_PLUS: '16',
      PROFILE_PHONE_NUMBERS: 'tel:+41615550100;label=Office',
    };
    await update(...Object.entries(profile).map(([name, value]) => replace(name, value)));
    await update(replace('ROLE_NAME', 'Admin'));
    await update(replace('ROLE_NAME', 'Member'), replace('GROUP_IDS', group?.id));
    await update(replace('GROUP_IDS'), replace('__NAME__', 'ann@example.com'));
    await update(replace('PLAN_UNITED_TYPE', '1'));
    await update(replace('__ENABLE__', false));
    await update(replace('__ENABLE__', true));
    const attributes = { EMAIL: 'new@example.com', FIRST_NAME: 'New', TYPE: 1, GROUP_IDS: [group?.id] };
    await service.post('create', { objectClass, attributes }).expect(201);
    await service.post('delete', { objectClass, uid: user.id }).expect(204);
    const plain = Object.keys(userAttributes).map((name) => `${objectClass}.${name}`);
    const overScim = (await updateable(alone)).filter((name) => plain.includes(name));
    expect(overScim.filter((name) => !given.has(name))).toEqual([]);
    const kinds = expectDescribed(simulator, judges);
    expect(kinds.filter((kind) => kind.includes('/scim2/')).length).toBeGreaterThanOrEqual(7);
    await service.close();
    await alone.close();
  });
});
