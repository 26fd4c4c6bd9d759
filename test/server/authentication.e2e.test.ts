import { beforeEach, describe, expect, it } from '@jest/globals';

import { bearerTokenVerifier, tokenDigest } from '../../src/server/auth/bearer-tokens.js';
import { operations } from '../../src/server/app.js';
import { createFixture, type Fixture } from '../support/fixture.js';
import { get, post, type Answer, type Headers } from '../support/http-client.js';

const verifiers = [
  bearerTokenVerifier([
    { name: 'reader', sha256: tokenDigest('r-token'), scopes: ['read'] },
    { name: 'writer', sha256: tokenDigest('w-token'), scopes: ['write'] },
    { name: 'admin', sha256: tokenDigest('a-token'), scopes: ['admin'] },
  ]),
];

const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });

let fixture: Fixture;
beforeEach(() => {
  fixture = createFixture({ verifiers });
});

function call(path: string, headers: Headers): Promise<Answer> {
  const row = operations.find((candidate) => candidate.path === path);
  return row?.method === 'post' ? post(fixture, path, {}, headers) : get(fixture, path, headers);
}

const paths = (access: string) => operations.filter((row) => row.access === access).map(({ path }) => path);

describe('with authentication configured', () => {
  it.each(['/livez', '/readyz'])('%s is open', async (path) => {
    expect((await get(fixture, path)).status).toBe(200);
  });

  it.each([...paths('read'), ...paths('write'), ...paths('anyToken'), '/docs', '/metrics', '/nowhere'])(
    '%s needs a token',
    async (path) => {
      const answer = await call(path, {});
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="zoom-identity-connector"');
      expect(answer.body).toMatchObject({ exception: null, type: 'urn:zoom-connector:http:unauthorized' });
    },
  );

  it.each(paths('anyToken'))('%s takes any valid token', async (path) => {
    expect((await call(path, bearer('a-token'))).status).toBe(200);
  });

  it.each(paths('read'))('%s needs the scope read', async (path) => {
    expect((await call(path, bearer('r-token'))).status).not.toBe(403);
    for (const token of ['w-token', 'a-token']) {
      const answer = await call(path, bearer(token));
      expect(answer.status).toBe(403);
      expect(answer.headers['www-authenticate']).toContain('scope="read"');
      expect(answer.body).toMatchObject({ exception: null, type: 'urn:zoom-connector:http:forbidden' });
    }
  });

  it.each(paths('write'))('%s needs the scope write, also for a dry run', async (path) => {
    expect((await call(path, bearer('w-token'))).status).toBe(400);
    for (const query of ['', '?dryRun=true']) {
      const answer = await post(fixture, `${path}${query}`, {}, bearer('r-token'));
      expect(answer.status).toBe(403);
    }
  });

  it('a caller may use any name of the service', async () => {
    const headers = { ...bearer('r-token'), Host: 'connector.example' };
    expect((await get(fixture, '/v1/connector', headers)).status).toBe(200);
    expect((await get(fixture, '/livez', { Host: 'connector.example' })).status).toBe(200);
  });

  it('answers 404 and 405 to whoever has a token', async () => {
    expect((await get(fixture, '/nowhere', bearer('a-token'))).status).toBe(404);
    expect((await get(fixture, '/v1/search', bearer('a-token'))).status).toBe(405);
  });

  it('tells the connector who calls', async () => {
    await post(fixture, '/v1/test', undefined, bearer('r-token'));
    expect(fixture.connector.contexts[0]).toMatchObject({ caller: 'reader' });
  });

  it('lets pages of other sites call, for they need a token like everybody', async () => {
    const headers = { ...bearer('r-token'), Origin: 'https://portal.example' };
    expect((await get(fixture, '/v1/connector', headers)).status).toBe(200);
  });
});

describe('without authentication', () => {
  beforeEach(() => {
    fixture = createFixture();
  });

  it('everything is open', async () => {
    expect((await get(fixture, '/v1/connector')).status).toBe(200);
    expect((await get(fixture, '/openapi.json')).status).toBe(200);
  });

  it('no page of another site may call', async () => {
    const answer = await post(fixture, '/v1/test', undefined, { Origin: 'http://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.body['type']).toBe('urn:zoom-connector:http:foreign-origin');
    expect((await post(fixture, '/v1/test', undefined, { Origin: 'http://localhost:8080' })).status).toBe(
      200,
    );
  });

  const everything = operations.map(({ method, path }): [string, string] => [method, path]);

  it.each([...everything, ['get', '/docs/'], ['get', '/nowhere'], ['post', '/livez']])(
    'no page may call %s %s under a name of its own that resolves to this computer',
    async (method, path) => {
      const headers = { Host: 'evil.example:8080' };
      const answer = await (method === 'post'
        ? post(fixture, path, {}, headers)
        : get(fixture, path, headers));
      expect([answer.status, answer.body['type']]).toEqual([403, 'urn:zoom-connector:http:foreign-host']);
      expect(fixture.connector.requests).toEqual([]);
    },
  );

  it.each(['/livez', '/readyz', '/v1/connector'])(
    'a probe that names the address of a pod is answered (%s)',
    async (path) => {
      expect((await get(fixture, path, { Host: '10.244.1.7:8080' })).status).toBe(200);
    },
  );
});
