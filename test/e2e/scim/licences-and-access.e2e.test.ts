import { afterEach, expect, it } from '@jest/globals';
import type { ConnectorConfig } from '../../../src/config/connector-config.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import { createSimulator } from '../../../src/simulator/simulator.js';
import { createZoomConnector } from '../../../src/zoom/create-zoom-connector.js';
import { checkConfigJson } from '../../../src/config/validate-config.js';
import { FaultFixture } from '../../faults/fault-fixture.js';
import { captureLog } from '../../support/log-capture.js';
import { testContext } from '../../support/zoom-client.js';
import { startService, type TestService } from '../../support/service.js';

const objectClass = 'ZoomUser';
let service: TestService | undefined;
afterEach(() => service?.close());

it('gives licences and Zoom Phone in the call that creates the user', async () => {
  service = await startService({ service: { api: 'scim', scimFallback: false } });
  const { phone, users } = service.simulator.state;
  const free = phone.numbers.find(({ owner }) => owner === undefined);
  const attributes = {
    __NAME__: 'phone@example.com',
    TYPE: 2,
    ZOOM_WHITEBOARD: true,
    ZOOM_PHONE_EXT_NUMBER: '0',
    ZOOM_PHONE_NUMBER: free?.number,
    ZOOM_PHONE_CALLING_PLAN: '100',
  };
  const created = await service.post('create', { objectClass, attributes }).expect(201);
  expect(service.calls()).toEqual(['GET /scim2/Users 200', 'POST /scim2/Users 201']);
  const user = users.byEmail('phone@example.com');
  expect(user?.features).toMatchObject({ zoom_whiteboard: true });
  expect(free?.owner?.user).toBe(user);
  const { uid } = created.body as { uid: string };
  const answer = await service.post('get', { objectClass, uid }).expect(200);
  const told = (answer.body as { attributes: Record<string, unknown> }).attributes;
  expect(told).toMatchObject({ ZOOM_WHITEBOARD: true, ZOOM_DOCS: false, TYPE: 2 });
  expect(Object.keys(told)).not.toContain('ZOOM_PHONE_NUMBER');
});

it('passes on members of the extension that it does not know', async () => {
  service = await startService({ service: { api: 'scim' } });
  const user = new FaultFixture(service.simulator).user();
  const unknown = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';
  service.simulator.faults.add({
    match: { method: 'GET', path: '/scim2/Users/{userId}', times: 1 },
    action: {
      kind: 'status',
      status: 200,
      body: {
        id: user.id,
        userName: user.email,
        active: true,
        [unknown]: { zoomNext: { level: 3 } },
        future: [1],
      },
    },
  });
  const deltas = [{ name: 'FIRST_NAME', valuesToReplace: ['Ada'] }];
  await service.post('update-delta', { objectClass, uid: user.id, deltas }).expect(200);
  const put = service.simulator.requests.find(({ method }) => method === 'PUT');
  expect(put?.body).toMatchObject({
    [unknown]: { zoomNext: { level: 3 } },
    future: [1],
    name: { givenName: 'Ada' },
  });
});

it('tells what to do when single sign-on is off', async () => {
  const { logger } = captureLog();
  service = await startService({ service: { api: 'scim' }, simulator: { sso: false } }, { logger });
  const answer = await service.post('search', { objectClass, options: { pageSize: 1 } });
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({
    exception: 'ConfigurationException',
    hint: expect.stringContaining('single sign-on') as unknown,
  });
});

it('refuses what only REST can do when there is no REST', () => {
  const { findings } = checkConfigJson({
    service: { api: 'scim', scimFallback: false, target: 'simulator' },
    custom: { disassociateOnDelete: true, immediateLogoutOnDeactivate: true, userCreateAction: 'autoCreate' },
  });
  expect(findings.map(({ path }) => path).sort()).toEqual([
    '/custom/disassociateOnDelete',
    '/custom/immediateLogoutOnDeactivate',
    '/custom/userCreateAction',
  ]);
});

it('works with nothing but a token from the portal', async () => {
  const simulator = createSimulator({ users: 20, groups: 1, phoneUsers: 0, plan: 'none' });
  const { url } = await simulator.listen();
  const { findings, json } = checkConfigJson({
    service: { api: 'scim', serviceUrl: `${url}/v2`, scimUrl: `${url}/scim2` },
    security: { scim: { bearerToken: { env: 'SCIM_TOKEN' } } },
  });
  expect(findings).toEqual([]);
  const config = json as ConnectorConfig;
  const bearerToken = new GuardedString(simulator.credentials.scimToken);
  const connector = createZoomConnector(
    { ...config, security: { ...config.security, scim: { bearerToken } } },
    { version: 'test' },
  );
  const { checks } = await connector.test(testContext());
  expect(checks.map(({ name }) => name)).toContain('REST');
  const { email = '', id = '' } = simulator.state.users.list('active')[0] ?? {};
  expect(await connector.get({ objectClass, uid: id }, testContext())).toMatchObject({ name: email });
  expect(simulator.requests.every(({ path }) => path.startsWith('/scim2/'))).toBe(true);
  await connector.close();
  await simulator.close();
});
