import { afterEach, describe, expect, it } from '@jest/globals';
import { fastClock, type FastClock } from '../support/fast-clock.js';
import { startService, type TestService } from '../support/service.js';

const withoutGroups = ['user:read:list_users:admin', 'user:read:user:admin', 'phone:read:list_sites:admin'];
const groupScope = 'group:read:list_groups:admin';
const groupScopes = [groupScope, 'group:read:group:admin', 'group:read:list_members:admin'];

let service: TestService;
let clock: FastClock;

afterEach(() => service.close());

/** A service whose application lacks the scopes of groups. */
async function start(liveTokens: 'one' | 'many' = 'many'): Promise<void> {
  clock = fastClock(1e6);
  const simulator = { grantedScopes: withoutGroups, liveTokens };
  service = await startService({ simulator }, { client: { clock } });
}

const grant = (...scopes: readonly string[]): void =>
  void service.simulator.setOptions({ grantedScopes: [...withoutGroups, ...scopes] });

const tokensRequested = (): number =>
  service.simulator.requests.filter(({ path }) => path.startsWith('/oauth')).length;

const search = (objectClass = 'ZoomGroup') =>
  service.post('search', { objectClass, options: { attributesToGet: ['__NAME__'] } });

describe('Test', () => {
  it.each(['one', 'many'] as const)('finds scopes that were granted since (%s live tokens)', async (live) => {
    await start(live);
    expect((await service.post('test')).body).toMatchObject({ exception: 'PermissionDeniedException' });
    grant(...groupScopes);
    expect((await service.post('test')).body).toMatchObject({ ok: true });
    expect(tokensRequested()).toBe(2);
  });

  it('finds that a scope was taken away, and that the secret is no longer valid', async () => {
    await start();
    grant(...groupScopes);
    await service.post('test').expect(200);
    grant();
    await service.post('test').expect(403);
    service.simulator.setOptions({ clientSecret: 'another-canary-secret' });
    expect((await service.post('test')).body).toMatchObject({
      exception: 'ConnectionFailedException',
      errors: [{ path: 'token' }],
    });
    await search('ZoomUser').expect(200);
  });
});

describe('an operation that Zoom refuses for a missing scope', () => {
  it.each(['one', 'many'] as const)('is repeated with a new token (%s live tokens)', async (live) => {
    await start(live);
    await search('ZoomUser').expect(200);
    grant(groupScope);
    const answers = await Promise.all(Array.from({ length: 20 }, () => search()));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(tokensRequested()).toBe(2);
  });

  it('causes a request for a token once a minute, however often it fails', async () => {
    await start();
    for (let times = 0; times < 10; times += 1) await search().expect(403);
    expect(tokensRequested()).toBe(2);
    grant(groupScope);
    await search().expect(403);
    clock.skip(60_000);
    await search().expect(200);
    expect(tokensRequested()).toBe(3);
  });

  it('is refused for the scope when no token is issued, and others go on with theirs', async () => {
    await start();
    await search('ZoomUser').expect(200);
    service.simulator.setOptions({ clientSecret: 'another-canary-secret' });
    expect((await search()).body).toMatchObject({
      exception: 'PermissionDeniedException',
      upstream: { code: 4711 },
    });
    await search('ZoomUser').expect(200);
  });
});
