import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkConfigJson } from '../../src/config/validate-config.js';
import { startService, type TestService } from '../support/service.js';
import { canary } from '../support/canary.js';

const objectClass = 'ZoomUser';

/** The union of the attributes of the Java connector and its forks; `PASSWORD` is an alias of `__PASSWORD__`. */
const carriedOver = [
  ...['FIRST_NAME', 'LAST_NAME', 'LANGUAGE', 'TIME_ZONE', 'PHONE_NUMBER', 'PHONE_COUNTRY', 'STATUS', 'TYPE'],
  ...['CREATED_AT', 'LAST_LOGIN_TIME', 'VERIFIED', 'PERSONAL_MEETING_ID', 'GROUP_IDS', 'ZOOM_PHONE_FEATURE'],
  ...['ZOOM_PHONE_STATUS', 'EXTENSION_NUMBER', 'ZOOM_PHONE_NUMBERS', 'ZOOM_PHONE_CALLING_PLANS', 'SITE_ID'],
  ...['SITE_NAME', 'SITE_CODE', 'ZOOM_ONE_TYPE', 'DEPT', 'JOB_TITLE', 'LOCATION', 'COMPANY', 'MANAGER'],
];

interface Attribute {
  readonly name: string;
  readonly nativeName: string;
  readonly description: string;
}

/** Rows 1 to 5, 31 to 33 and 35 of the feature list that carried-over resources rely on. */
describe('the service, as resources of the Java connector expect it', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const fault = (action: Parameters<TestService['simulator']['faults']['add']>[0]['action'], times = 1) =>
    service.simulator.faults.add({ match: { path: '/users/{userId}', times }, action });
  const uid = () => service.simulator.state.users.list('active')[2]?.id;
  const get = () => service.post('get', { objectClass, uid: uid(), options: { attributesToGet: ['DEPT'] } });

  it('row 1: the operations are there', async () => {
    const answer = await service.get('/v1/connector');
    expect((answer.body as { operations: object }).operations).toMatchObject({
      ZoomUser: ['search', 'get', 'create', 'updateDelta', 'delete'],
      ZoomGroup: ['search', 'get', 'create', 'updateDelta'],
    });
    await service.post('validate', {}).expect(200);
  });

  it('row 2: object classes and attributes have their names', async () => {
    const answer = await service.get('/v1/schema');
    const { objectClasses } = answer.body as { objectClasses: { name: string; attributes: Attribute[] }[] };
    const [user, group] = objectClasses;
    expect([user?.name, group?.name]).toEqual(['ZoomUser', 'ZoomGroup']);
    const names = user?.attributes.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(carriedOver));
    expect(group?.attributes.map(({ nativeName }) => nativeName)).toEqual(
      expect.arrayContaining(['GROUP_NAME', 'TOTAL_MEMBERS']),
    );
    expect(user?.attributes.every(({ description }) => description !== '')).toBe(true);
    const aliases = { USER_ID: uid(), EMAIL: service.simulator.state.users.list('active')[2]?.email };
    for (const [name, value] of Object.entries(aliases)) {
      const found = await service.post('search', { objectClass, filter: { equals: { [name]: value } } });
      expect((found.body as { results: object[] }).results).toHaveLength(1);
    }
  });

  it('row 3: configuration properties have their names', () => {
    const { findings } = checkConfigJson({
      service: { serviceUrl: 'https://api.zoom.us/v2', duplicateErrorReturnsId: true },
      rest: { ioErrorRetries: 5 },
      results: { deepGet: true, deepImport: true, importBatchSize: 50, pagination: true },
      security: {
        authenticator: {
          oauth2ClientCredentials: {
            tokenUrl: 'https://zoom.us/oauth/token',
            clientId: 'id',
            clientSecret: { env: 'SECRET' },
            scope: 'user:read:admin',
          },
        },
      },
      custom: {
        accountId: 'q6gBJVO5TzexKYTb_I2rpg',
        deactivateOnDelete: true,
        disassociateOnDelete: false,
        immediateLogoutOnDeactivate: false,
        entitlementDeletionEnabled: false,
        ignoreUpdateErrorOnDisabledUser: false,
        removePhoneFeatureOnDisabledUser: false,
        updateDisabledUsers: false,
        userCreateAction: 'create',
      },
    });
    expect(findings).toEqual([]);
  });

  it('row 4: one token serves many calls, and is renewed when Zoom refuses it', async () => {
    await get();
    const { issued } = service.simulator.tokens;
    await Promise.all([get(), get(), get()]);
    expect(service.simulator.tokens.issued).toBe(issued);
    service.simulator.tokens.expire();
    expect((await get()).status).toBe(200);
    service.simulator.setOptions({ invalidTokenStatus: 400 });
    service.simulator.tokens.revokeAll();
    expect((await get()).status).toBe(200);
    expect(service.simulator.tokens.issued).toBe(issued + 2);
  });

  it('row 5: a test says what is missing', async () => {
    expect((await service.post('test')).status).toBe(200);
    const poor = await startService({ simulator: { grantedScopes: ['user:read:list_users:admin'] } });
    const answer = await poor.post('test');
    expect(answer.body).toMatchObject({ exception: 'PermissionDeniedException' });
    expect(JSON.stringify(answer.body)).toContain('user:read:user:admin');
    await poor.close();
  });

  it.each([
    [{ status: 400, body: { code: 200, message: 'No permission.' } }, 403, 'PermissionDeniedException'],
    [{ status: 400, body: { code: 4711, message: 'scopes:[x]' } }, 403, 'PermissionDeniedException'],
    [{ status: 400, body: { code: 1053, message: 'disabled' } }, 412, 'PreconditionFailedException'],
    [{ status: 400, body: { code: 300, message: 'Invalid.' } }, 400, 'InvalidAttributeValueException'],
  ])('row 31: Zoom answering %j becomes %i %s', async (answer, status, exception) => {
    service.simulator.faults.add({
      match: { path: '/users/{userId}', method: 'PATCH', times: 1 },
      action: { kind: 'status', ...answer },
    });
    const deltas = [{ name: 'DEPT', valuesToReplace: [`row 31 ${exception} ${answer.body.code}`] }];
    const refused = await service.post('update-delta', { objectClass, uid: uid(), deltas });
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject({ exception, upstream: { code: answer.body.code } });
  });

  it('row 31: a user who is deleted between read and write is 404 UnknownUidException', async () => {
    const gone = {
      kind: 'status',
      status: 404,
      body: { code: 1001, message: 'User does not exist.' },
    } as const;
    const path = '/users/{userId}';
    service.simulator.faults.add({ match: { path, method: 'PATCH' }, action: gone });
    service.simulator.faults.add({ match: { path, method: 'GET', nth: 2, times: 9 }, action: gone });
    const deltas = [{ name: 'DEPT', valuesToReplace: ['row 31 gone'] }];
    const refused = await service.post('update-delta', { objectClass, uid: uid(), deltas });
    service.simulator.faults.clear();
    expect(refused.status).toBe(404);
    expect(refused.body).toMatchObject({ exception: 'UnknownUidException', upstream: { code: 1001 } });
  });

  it('row 32: a rate limit is waited out, and so is an outage', async () => {
    fault({ kind: 'rateLimit', limit: 'second', retryAfter: 'iso', afterMs: 1 });
    expect((await get()).status).toBe(200);
    fault({ kind: 'status', status: 503 });
    expect((await get()).status).toBe(200);
  });

  it('row 33: I/O errors are retried as often as configured', async () => {
    const strict = await startService({ rest: { ioErrorRetries: 0 } });
    const user = strict.simulator.state.users.list('active')[2];
    strict.simulator.faults.add({
      match: { path: '/users/{userId}', times: 1 },
      action: { kind: 'drop', when: 'before' },
    });
    strict.calls();
    expect((await strict.post('get', { objectClass, uid: user?.id })).status).toBe(502);
    expect(strict.calls()).toHaveLength(1);
    await strict.close();
    fault({ kind: 'drop', when: 'before' });
    expect((await get()).status).toBe(200);
  });

  it('row 35: a dry run masks secrets', async () => {
    const attributes = { EMAIL: 'row35@example.com', PASSWORD: canary.password, CREATE_ACTION: 'autoCreate' };
    const { text } = await service.post('create?dryRun=true', { objectClass, attributes });
    expect(text).toContain('"password":"********"');
    expect(text).not.toContain('hunter2');
  });
});
