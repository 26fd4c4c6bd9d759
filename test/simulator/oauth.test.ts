import { afterEach, describe, expect, it } from '@jest/globals';
import { type Harness, request, startHarness } from './harness.js';

describe('The token endpoint', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const ask = async (form: Record<string, string>, credentials?: string): Promise<Response> => {
    const { clientId, clientSecret } = harness.sim.credentials;
    const basic = Buffer.from(credentials ?? `${clientId}:${clientSecret}`).toString('base64');
    return fetch(`${harness.url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    });
  };
  const grant = (): Record<string, string> => ({
    grant_type: 'account_credentials',
    account_id: harness.sim.credentials.accountId,
  });

  it('grants a token with its scopes', async () => {
    harness = await startHarness();
    const response = await ask(grant());
    const body = (await response.json()) as Record<string, string>;
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, api_url: 'https://api.zoom.us' });
    expect(body['access_token']).toMatch(/^eyJ/);
    expect(body['scope']).toContain('user:read:list_users:admin');
  });

  it('takes its parameters from the query too', async () => {
    harness = await startHarness();
    const { clientId, clientSecret } = harness.sim.credentials;
    const response = await fetch(`${harness.url}/oauth/token?${new URLSearchParams(grant()).toString()}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    });
    expect(response.status).toBe(200);
  });

  it('refuses a wrong client, account or grant type', async () => {
    harness = await startHarness();
    const wrongClient = await ask(grant(), 'who:what');
    expect(wrongClient.status).toBe(400);
    expect(await wrongClient.json()).toEqual({
      reason: 'Invalid client_id or client_secret',
      error: 'invalid_client',
    });
    const wrongAccount = await ask({ ...grant(), account_id: 'other' });
    expect(await wrongAccount.json()).toEqual({ reason: 'Bad Request', error: 'invalid_request' });
    const wrongGrant = await ask({ ...grant(), grant_type: 'password' });
    expect(await wrongGrant.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('keeps earlier tokens alive, unless only one may live', async () => {
    harness = await startHarness();
    const first = await harness.token();
    await harness.token();
    expect((await request(harness.url, 'GET /users', { bearer: first })).status).toBe(200);
    harness.sim.setOptions({ liveTokens: 'one' });
    await harness.token();
    const answer = await request(harness.url, 'GET /users', { bearer: first });
    expect([answer.status, answer.body]).toEqual([401, { code: 124, message: 'Invalid access token.' }]);
  });

  it('lets tokens expire', async () => {
    harness = await startHarness({ tokenLifeSeconds: 60, invalidTokenStatus: 400 });
    const bearer = await harness.token();
    harness.sim.clock.advance(60_000);
    const answer = await request(harness.url, 'GET /users', { bearer });
    expect([answer.status, answer.body]).toEqual([400, { code: 124, message: 'Access token is expired.' }]);
  });

  it.each([
    [4711, 'Invalid access token, does not contain scopes:[user:read:list_users:admin].'],
    [4700, 'Invalid access token, does not contain user:read:list_users:admin scope.'],
  ] as const)('names missing scopes with code %s', async (code, message) => {
    harness = await startHarness({ grantedScopes: ['group:read:list_groups:admin'], missingScopeCode: code });
    expect((await harness.call('GET /groups')).status).toBe(200);
    const answer = await harness.call('GET /users');
    expect([answer.status, answer.body]).toEqual([400, { code, message }]);
  });

  it('knows classic scopes', async () => {
    harness = await startHarness({ grantedScopes: ['user:read:admin'], scopeModel: 'classic' });
    expect((await harness.call('GET /users')).status).toBe(200);
    expect((await harness.call('GET /groups')).body['code']).toBe(4711);
  });
});
