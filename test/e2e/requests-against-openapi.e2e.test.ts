import { expect, it } from '@jest/globals';
import { expectDescribed, updateable } from '../support/judged-requests.js';
import { createJudge } from '../support/openapi-judge.js';
import { startService, type TestService } from '../support/service.js';
import { describeWithShared } from '../support/shared.js';
import { canary } from '../support/canary.js';
import { replace } from '../support/deltas.js';

/** Sends an update that must succeed. */
type Update = (objectClass: string, uid: string | undefined, ...deltas: readonly Delta[]) => Promise<void>;

type Delta = Readonly<Record<string, unknown>> & { readonly name: string };

/** Everything the connector sends in a busy day of two object classes. */
async function busyDay(service: TestService, update: Update): Promise<void> {
  const { simulator } = service;
  const groups = [...simulator.state.groups.all()].map(({ id }) => id);
  const [uid, other] = [...simulator.state.users.all()]
    .filter(({ role_id, status }) => role_id === '2' && status === 'active')
    .map(({ id }) => id);
  await service.post('test').expect(200);
  await service.post('search', { objectClass: 'ZoomUser' }).expect(200);
  await service.post('search', {
    objectClass: 'ZoomGroup',
    options: { attributesToGet: ['MEMBER_IDS', 'ADMIN_EMAILS'] },
  });
  const profile: Readonly<Record<string, unknown>> = {
    FIRST_NAME: canary.firstName,
    LAST_NAME: 'Doe',
    DISPLAY_NAME: null,
    LANGUAGE: 'de-DE',
    TIME_ZONE: 'Europe/Zurich',
    DEPT: 'R&D',
    JOB_TITLE: 'Dr.',
    COMPANY: 'Ex',
    LOCATION: 'Basel',
    COST_CENTER: 'C1',
    MANAGER: 'boss@example.com',
    PRONOUNS: 'she',
    PRONOUNS_OPTION: 2,
    PHONE_NUMBER: '5550100',
    PHONE_COUNTRY: 'US',
    PROFILE_PHONE_NUMBERS: ['tel:+41615550100;label=Office;country=CH'],
    PERSONAL_MEETING_ID: '1234567890',
    HOST_KEY: '123456',
    ABOUT_ME: 'Me.',
    LINKEDIN_URL: 'https://www.linkedin.com/in/ann',
    VANITY_NAME: 'ann.example',
    CMS_USER_ID: 'k1',
    USE_PMI: false,
    DIVISION_IDS: ['division0division0di'],
    TYPE: 2,
    __PASSWORD__: canary.password,
  };
  const deltas = Object.entries(profile).map(([name, valuesToReplace]) => ({ name, valuesToReplace }));
  await update('ZoomUser', uid, ...deltas, { name: '__NAME__', valuesToReplace: 'ann@example.com' });
  await update('ZoomUser', uid, replace('PLAN_UNITED_TYPE', '1'));
  await update('ZoomUser', uid, replace('LICENSE_INFO', 'MEETING:2:SUBREF-1'));
  await update('ZoomUser', uid, { name: 'GROUP_IDS', valuesToReplace: groups.slice(0, 2) });
  await update('ZoomUser', uid, { name: 'GROUP_IDS', valuesToRemove: groups.slice(0, 1) });
  await update('ZoomUser', uid, { name: 'ROLE_ID', valuesToReplace: '1' });
  await update('ZoomUser', uid, { name: 'ROLE_ID', valuesToReplace: '2' });
  await update('ZoomUser', uid, { name: '__ENABLE__', valuesToReplace: false });
  await update('ZoomUser', uid, { name: '__ENABLE__', valuesToReplace: true });
  const attributes = { EMAIL: canary.address, FIRST_NAME: 'New', TYPE: 1, GROUP_IDS: groups.slice(0, 1) };
  await service.post('create', { objectClass: 'ZoomUser', attributes }).expect(201);
  await service.post('delete', { objectClass: 'ZoomUser', uid }).expect(204);
  await service.post('create', { objectClass: 'ZoomGroup', attributes: { GROUP_NAME: 'New' } }).expect(201);
  await update('ZoomGroup', groups[2], { name: '__NAME__', valuesToReplace: 'Renamed' });
  await update('ZoomGroup', groups[2], { name: 'MEMBER_IDS', valuesToReplace: [other] });
  await update('ZoomGroup', groups[2], {
    name: 'ADMIN_EMAILS',
    valuesToAdd: [simulator.state.users.byId(other ?? '')?.email],
  });
  await service.post('delete', { objectClass: 'ZoomGroup', uid: groups[2] }).expect(204);
}

/** Everything the connector sends for the phone of a user. */
async function phoneDay(service: TestService, updateOf: Update): Promise<void> {
  const { phone, users } = service.simulator.state;
  const uid = users.list('active')[20]?.id;
  const free = phone.numbers.flatMap(({ number, owner }) => (owner === undefined ? [number] : []));
  const update = (...deltas: Delta[]) => updateOf('ZoomUser', uid, ...deltas);
  await update(replace('ZOOM_PHONE_FEATURE', true), replace('ZOOM_PHONE_CALLING_PLANS', 100));
  await update(replace('SITE_NAME', 'Zürich'), replace('EXTENSION_NUMBER', '7001'));
  const [site, other] = phone.sites;
  await update(replace('SITE_ID', site?.id));
  await update(replace('SITE_CODE', other?.site_code));
  await update(replace('ZOOM_PHONE_CALLING_PLANS', 200));
  await update(replace('ZOOM_PHONE_NUMBERS', ...free.slice(0, 10)));
  await update(replace('ZOOM_PHONE_NUMBERS', free[11]), replace('ZOOM_PHONE_CALLING_PLANS', 100, 101));
  await update(replace('ZOOM_PHONE_CALLING_PLANS'), replace('ZOOM_PHONE_STATUS', 'deactivate'));
  await update(replace('ZOOM_PHONE_FEATURE', false));
  await update(replace('ZOOM_ONE_TYPE', '16'));
  await update(replace('ZOOM_PHONE_FEATURE', true));
}

describeWithShared("the connector's requests, judged by Zoom's description", () => {
  it('has no request that Zoom does not describe', async () => {
    const judges = [
      createJudge('users-2025-12.json'),
      createJudge('accounts-2025-12.json'),
      createJudge('phone-2026.json'),
    ];
    const settings = {
      custom: {
        entitlementDeletionEnabled: true,
        deactivateOnDelete: false,
        immediateLogoutOnDeactivate: true,
        phoneBundleTypes: ['16'],
      },
    };
    const service = await startService(settings);
    const given = new Set<string>();
    const update: Update = async (objectClass, uid, ...deltas) => {
      for (const { name } of deltas) given.add(`${objectClass}.${name}`);
      await service.post('update-delta', { objectClass, uid, deltas }).expect(200);
    };
    await busyDay(service, update);
    await phoneDay(service, update);
    expect((await updateable(service)).filter((name) => !given.has(name))).toEqual([]);
    expect(expectDescribed(service.simulator, judges).length).toBeGreaterThan(20);
    await service.close();
  });
});
