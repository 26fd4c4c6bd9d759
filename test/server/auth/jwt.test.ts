import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, type JWK, CompactEncrypt } from 'jose';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifiersOf } from '../../../src/cli/verifiers.js';
import { authenticate, type Caller, mayUseConnector } from '../../../src/server/auth/authenticate.js';
import { tokenDigest } from '../../../src/server/auth/bearer-tokens.js';
import { HttpProblem } from '../../../src/server/problem/http-problem.js';
import {
  audience,
  issuer,
  type Pair,
  pairOf,
  seconds,
  signedBy,
  type Wish,
} from '../../support/json-web-tokens.js';
import { captureLog } from '../../support/log-capture.js';

let rsa: Pair;
let next: Pair;
let elliptic: Pair;
let forEncryption: Pair;
let server: Server;
let url: string;
/** The issuer's state: the answer and the number of requests. */
const served = { status: 200, body: '', requests: 0 };

beforeAll(async () => {
  rsa = await pairOf('rsa', 'RS256');
  next = await pairOf('next', 'RS256');
  elliptic = await pairOf('elliptic', 'ES256');
  forEncryption = await pairOf('enc', 'RS256', { use: 'enc' });
  server = createServer((_request, response) => {
    served.requests += 1;
    response.writeHead(served.status, { location: `${url}/elsewhere` }).end(served.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

function publish(...keys: readonly JWK[]): void {
  Object.assign(served, { status: 200, body: JSON.stringify({ keys }), requests: 0 });
}

/** A service's door at a time that stands still, with a static token beside the issuer's. */
function door(algorithms: ('RS256' | 'ES256')[] = ['RS256', 'ES256']) {
  const time = { now: seconds * 1000 };
  const log = captureLog();
  const jwt = { jwksUri: url, jwksFile: null, issuer, audience, algorithms, clockToleranceSeconds: 30 };
  const bearerTokens = [{ name: 'static', sha256: tokenDigest('canary-token'), scopes: ['read'] as const }];
  const verifiers = verifiersOf({ bearerTokens, jwt }, log.logger, () => time.now);
  const open = (token: string): Promise<Caller> => authenticate(`Bearer ${token}`, verifiers);
  const refused = async (token: string): Promise<HttpProblem> => {
    const thrown: unknown = await open(token).catch((error: unknown) => error);
    if (thrown instanceof HttpProblem) return thrown;
    throw new Error('The token was accepted.');
  };
  return { time, log, open, refused };
}

/** A token that is valid but for the wish. */
function tokenOf({ pair = rsa, ...wish }: Wish & { readonly pair?: Pair } = {}): Promise<string> {
  return signedBy(pair, wish);
}

describe('a JSON Web Token', () => {
  beforeAll(() => publish(rsa.jwk, elliptic.jwk, forEncryption.jwk));

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a text', { scope: 'openid read write' }, ['read', 'write']],
    ['a list', { scope: undefined, scp: ['admin', 7] }, ['admin']],
    ['roles', { scope: undefined, roles: ['write'] }, ['write']],
    ['several claims', { scope: 'read', roles: ['write'] }, ['read', 'write']],
  ])('has the scopes of %s', async (_case, claims, scopes) => {
    expect((await door().open(await tokenOf({ claims }))).scopes).toEqual(scopes);
  });

  it.each<[string, unknown, readonly string[] | undefined]>([
    ['no claim', undefined, undefined],
    ['a text', 'eu us', ['eu', 'us']],
    ['a list', ['eu', 7], ['eu']],
    ['an empty text', '', []],
    ['a text with more spaces', ' eu  us ', ['eu', 'us']],
    ['a list with an empty name', ['', 'eu'], ['eu']],
    ['an object', { eu: true }, []],
  ])('allows the connectors of %s', async (_case, connectors, allowed) => {
    const claims = { scope: 'read', ...(connectors !== undefined && { connectors }) };
    const caller = await door().open(await tokenOf({ claims }));
    expect(caller.connectors).toEqual(allowed);
    // An empty name is that of the only connector, which a list of names does not allow.
    expect(mayUseConnector(caller, '')).toBe(allowed === undefined);
  });

  it('may be signed by any key and accepted algorithm of the issuer', async () => {
    const token = await tokenOf({ pair: elliptic, alg: 'ES256' });
    expect((await door().open(token)).name).toBe('jwt:midpoint');
    expect((await door(['RS256']).refused(token)).message).toContain('algorithm');
  });

  it('stands beside static tokens', async () => {
    expect(await door().open('canary-token')).toEqual({ name: 'static', scopes: ['read'] });
    expect((await door().refused('other')).problem).toBe('unauthorized');
  });

  it('never gives its subject or an address as the name of the caller', async () => {
    const claims = { azp: 'jane.canary@example.com', sub: 'canary-subject' };
    const { name } = await door().open(await tokenOf({ claims }));
    expect(name).toMatch(/^jwt:sub-[0-9a-f]{16}$/);
    const other = await door().open(await tokenOf({ claims: { ...claims, sub: 'canary-other' } }));
    expect(other.name).not.toBe(name);
  });

  it.each<[string, Wish, string]>([
    ['without an end', { claims: { exp: undefined } }, '"exp"'],
    ['that has expired', { claims: { exp: seconds - 31 } }, 'expired'],
    ['that is not valid yet', { claims: { nbf: seconds + 31 } }, '"nbf"'],
    ['for another audience', { claims: { aud: 'canary-audience' } }, '"aud"'],
    ['of another issuer', { claims: { iss: 'https://canary.example.com/' } }, '"iss"'],
    ['with a critical header', { header: { crit: ['exotic'], exotic: 1 } }, 'not valid'],
  ])('%s is refused', async (_case, wish, reason) => {
    const { message, problem, details } = await door().refused(await tokenOf(wish));
    expect(problem).toBe('unauthorized');
    expect(message).toContain(reason);
    expect(message).not.toContain('canary');
    expect(details.headers?.['WWW-Authenticate']).toBe(
      'Bearer realm="zoom-identity-connector", error="invalid_token"',
    );
  });

  it('may be off by the tolerance of the clocks', async () => {
    const claims = { exp: seconds - 29, nbf: seconds + 29 };
    await expect(door().open(await tokenOf({ claims }))).resolves.toBeDefined();
  });

  it('without a scope of ours is known, and may do nothing', async () => {
    const { problem, details } = await door().refused(await tokenOf({ claims: { scope: 'openid' } }));
    expect(problem).toBe('forbidden');
    expect(details.headers?.['WWW-Authenticate']).toContain(
      'error="insufficient_scope", scope="read write admin"',
    );
  });

  it('signed with the public key as a secret is refused', async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = { iss: issuer, aud: audience, exp: seconds + 300, scope: 'admin' };
    const signed = `${encode({ alg: 'HS256', kid: 'rsa' })}.${encode(claims)}`;
    const secret = await exportSPKI(rsa.publicKey);
    const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    expect((await door().refused(token)).message).toContain('algorithm');
    const unsigned = `${encode({ alg: 'none' })}.${encode(claims)}.`;
    expect((await door().refused(unsigned)).message).toContain('algorithm');
  });

  it('that is changed after its signature is refused', async () => {
    const [head, , signature] = (await tokenOf()).split('.');
    const claims = { iss: issuer, aud: audience, exp: seconds + 300, scope: 'admin' };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect((await door().refused(`${head}.${forged}.${signature}`)).problem).toBe('unauthorized');
  });

  it('that is encrypted is refused', async () => {
    const token = await new CompactEncrypt(new TextEncoder().encode('{}'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(new Uint8Array(32));
    expect((await door().refused(token)).message).toBe('The token is not known.');
  });

  it('signed with a key for encryption is refused', async () => {
    expect((await door().refused(await tokenOf({ pair: forEncryption }))).message).toContain('no such key');
  });
});

describe('the keys of the issuer', () => {
  it('are asked for once by many requests at the same time, and then kept', async () => {
    publish(rsa.jwk);
    const { open, time } = door();
    const token = await tokenOf();
    await Promise.all(Array.from({ length: 20 }, () => open(token)));
    time.now += 200_000;
    await open(token);
    expect(served.requests).toBe(1);
  });

  it('may rotate', async () => {
    publish(rsa.jwk);
    const { open, refused, time } = door();
    await open(await tokenOf());
    publish(next.jwk);
    time.now += 30_000;
    await open(await tokenOf({ pair: next }));
    expect((await refused(await tokenOf())).problem).toBe('unauthorized');
  });

  it('are asked for once in 30 seconds, however many tokens name unknown ones', async () => {
    publish(rsa.jwk);
    const { open, refused, time } = door();
    await open(await tokenOf());
    for (let round = 0; round < 60; round += 1) {
      time.now += 1_000;
      const problem = await refused(await tokenOf({ pair: { ...rsa, kid: `unknown-${round}` } }));
      expect(problem.problem).toBe('unauthorized');
    }
    expect(served.requests).toBe(3);
  });

  it.each<[string, number, string]>([
    ['an error', 500, ''],
    ['a redirect', 302, ''],
    ['no JSON', 200, 'canary'],
    ['no keys', 200, '{"keys":[]}'],
    ['too many keys', 200, JSON.stringify({ keys: Array.from({ length: 101 }, () => ({ kty: 'EC' })) })],
    ['too long an answer', 200, ' '.repeat(300_000)],
  ])('are missing after %s: 503, and nobody is admitted', async (_case, status, body) => {
    Object.assign(served, { status, body, requests: 0 });
    const { log, open, refused, time } = door();
    for (let round = 0; round < 3; round += 1) {
      const { problem, details } = await refused(await tokenOf());
      expect(problem).toBe('keysUnavailable');
      expect(details.headers).toEqual({ 'Retry-After': '5' });
    }
    expect(served.requests).toBe(1);
    expect(log.entries()).toMatchObject([{ level: 'error', keys: url }]);
    expect(log.text()).not.toContain('canary');
    await expect(open('canary-token')).resolves.toMatchObject({ name: 'static' });
    publish(rsa.jwk);
    time.now += 5_000;
    await expect(open(await tokenOf())).resolves.toBeDefined();
  });

  it('are used for an hour while no newer ones can be had', async () => {
    publish(rsa.jwk);
    const { open, refused, time } = door();
    await open(await tokenOf({ claims: { exp: seconds + 9_000 } }));
    Object.assign(served, { status: 500 });
    time.now += 3_599_000;
    await open(await tokenOf({ claims: { exp: seconds + 9_000 } }));
    const unknown = await tokenOf({ pair: next, claims: { exp: seconds + 9_000 } });
    expect((await refused(unknown)).problem).toBe('keysUnavailable');
    time.now += 1_000;
    expect((await refused(await tokenOf({ claims: { exp: seconds + 9_000 } }))).problem).toBe(
      'keysUnavailable',
    );
  });

  it('of less than 2048 bits verify nothing', async () => {
    const { privateKey, publicKey } = (await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 1024,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      true,
      ['sign', 'verify'],
    )) as unknown as Pair;
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = { iss: issuer, aud: audience, exp: seconds + 300, scope: 'admin' };
    const signed = `${encode({ alg: 'RS256', kid: 'weak' })}.${encode(claims)}`;
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(signed));
    publish({ ...(await exportJWK(publicKey)), kid: 'weak' }, rsa.jwk);
    const { log, refused } = door();
    const token = `${signed}.${Buffer.from(signature).toString('base64url')}`;
    expect((await refused(token)).message).toContain('no such key');
    expect(log.entries()).toMatchObject([{ level: 'warn', leftOut: 1 }]);
  });
});
