import { gzipSync } from 'node:zlib';

import { beforeEach, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';

import { ConnectorError } from '../../src/connid/errors.js';
import { operations } from '../../src/server/app.js';
import { createFixture, type Fixture } from '../support/fixture.js';
import { get, type Headers, post, send } from '../support/http-client.js';

let fixture: Fixture;
beforeEach(() => {
  fixture = createFixture({ bodyLimitBytes: 1000 });
});

const getUser = { objectClass: 'ZoomUser', uid: 'U1' };

/** Nothing of the HTTP layer may look like an answer of the connector. */
function expectLayerProblem(answer: { status: number; body: object }, status: number, name: string): void {
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ status, exception: null, type: `urn:zoom-connector:http:${name}` });
}

describe('paths and methods', () => {
  it.each(['/', '/v1', '/v1/users', '/V1/schema', '/v1/schema/', '/v1/search/..%2fget', '/v1/%zz'])(
    'answers 404 at %s',
    async (path) => {
      expectLayerProblem(await get(fixture, path), 404, 'not-found');
    },
  );

  it.each([
    ['GET', '/v1/search', 'POST'],
    ['DELETE', '/v1/delete', 'POST'],
    ['POST', '/v1/schema', 'GET, HEAD'],
    ['PUT', '/livez', 'GET, HEAD'],
    ['OPTIONS', '/v1/get', 'POST'],
  ])('answers 405 to %s %s and says what is allowed', async (method, path, allow) => {
    const answer = await send(fixture, method, path);
    expectLayerProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers['allow']).toBe(allow);
  });

  it('answers HEAD where it answers GET', async () => {
    const answer = await send(fixture, 'HEAD', '/v1/connector');
    expect([answer.status, answer.body]).toEqual([200, {}]);
  });
});

describe('media types', () => {
  it('answers 406 before anything is written', async () => {
    const body = { objectClass: 'ZoomUser', attributes: { __NAME__: 'jill@example.com' } };
    const answer = await post(fixture, '/v1/create', body, { Accept: 'text/html' });
    expectLayerProblem(answer, 406, 'not-acceptable');
    expect(fixture.connector.objects.size).toBe(0);
  });

  it.each(['*/*', 'application/*', 'text/html, application/json;q=0.1'])(
    'accepts Accept: %s',
    async (accept) => {
      expect((await get(fixture, '/v1/connector', { Accept: accept })).status).toBe(200);
    },
  );

  it.each(['text/plain', 'application/xml', 'application/json; charset=latin1', 'application/jsonp'])(
    'answers 415 to Content-Type: %s',
    async (type) => {
      const answer = await post(fixture, '/v1/get', JSON.stringify(getUser), { 'Content-Type': type });
      expectLayerProblem(answer, 415, 'unsupported-media-type');
    },
  );

  it('accepts a character set that is named', async () => {
    fixture.connector.seed('jill@example.com');
    const headers = { 'Content-Type': 'Application/JSON; charset="UTF-8"' };
    expect((await post(fixture, '/v1/get', JSON.stringify(getUser), headers)).status).toBe(200);
  });

  it('answers 415 to an encoding it does not know', async () => {
    const answer = await post(fixture, '/v1/get', 'abc', { 'Content-Encoding': 'compress' });
    expectLayerProblem(answer, 415, 'unsupported-media-type');
  });
});

describe('the body', () => {
  it.each([
    ['is missing', undefined, 'The body is missing; send JSON.'],
    ['is no JSON', '{"uid": "hunter2",}', 'The body is not valid JSON at line 1, column 19 (position 18).'],
    ['is too deep', `{"objectClass": ${'['.repeat(70)}${']'.repeat(70)}}`, 'nested more than 64 levels deep'],
  ])('answers 400 IllegalArgumentException when it %s', async (_case, body, detail) => {
    const answer = await post(fixture, '/v1/get', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      exception: 'IllegalArgumentException',
      detail: expect.stringContaining(detail),
    });
    expect(answer.text).not.toContain('hunter2');
  });

  it('answers 400 with everything that is wrong', async () => {
    const answer = await post(fixture, '/v1/get', { objectclass: 'ZoomUser', uid: 5 });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      exception: 'IllegalArgumentException',
      detail: '`objectClass` is missing. (and 2 more; see errors)',
      errors: [
        { path: '/objectClass', message: '`objectClass` is missing.' },
        { path: '/objectclass', message: '`objectclass` is not known. Did you mean `objectClass`?' },
        { path: '/uid', message: '`uid` must be a string.' },
      ],
    });
  });

  it('answers 413 beyond the limit, also when the body is packed', async () => {
    const large = JSON.stringify({ ...getUser, nameHint: 'x'.repeat(1000) });
    expectLayerProblem(await post(fixture, '/v1/get', large), 413, 'body-too-large');
    const packed = await supertest(fixture.handler)
      .post('/v1/get')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .serialize((body: unknown) => body as string)
      .send(gzipSync(large) as unknown as string);
    expectLayerProblem(packed, 413, 'body-too-large');
  });

  it('is refused when it is not UTF-8, instead of damaging names', async () => {
    const answer = await supertest(fixture.handler)
      .post('/v1/get')
      .type('application/json')
      .serialize((body: unknown) => body as string)
      .send(Buffer.from('{"objectClass":"A","uid":"J\xfcrgen"}', 'latin1') as unknown as string);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ detail: 'The body is not valid UTF-8.' });
  });

  it('may start with a byte order mark', async () => {
    fixture.connector.seed('jill@example.com');
    expect((await post(fixture, '/v1/get', `\ufeff${JSON.stringify(getUser)}`)).status).toBe(200);
  });

  it('cannot reach prototypes', async () => {
    const text =
      '{"objectClass":"ZoomUser","attributes":{"__NAME__":"a@b.example","__proto__":{"polluted":1}},"options":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    await post(fixture, '/v1/create', text);
    expect('polluted' in {}).toBe(false);
    expect(fixture.connector.requests).toHaveLength(1);
    expect(
      (fixture.connector.requests[0] as { options: { polluted?: number } }).options.polluted,
    ).toBeUndefined();
    const top = await post(fixture, '/v1/get', '{"objectClass":"ZoomUser","uid":"U1","__proto__":{}}');
    expect(top.body['detail']).toBe('Member 3 of the body is not known.');
  });
});

describe('the query', () => {
  it('refuses parameters it does not know, so that a mistyped dry run writes nothing', async () => {
    const body = { objectClass: 'ZoomUser', attributes: { __NAME__: 'jill@example.com' } };
    const answer = await post(fixture, '/v1/create?dryrun=true', body);
    expect(answer.status).toBe(400);
    expect(answer.body['exception']).toBe('IllegalArgumentException');
    expect(fixture.connector.objects.size).toBe(0);
  });
});

describe('conditions', () => {
  const gets = operations.filter(({ method }) => method === 'get').map(({ path }) => path);

  it.each([...gets, '/docs/', '/docs/start.js', '/docs/swagger-ui.css'])(
    'change no answer, because none has a validator (%s)',
    async (path) => {
      const conditions: Headers[] = [
        { 'If-None-Match': '*' },
        { 'If-None-Match': 'W/"a"', 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
        { 'If-Match': '"a"', 'If-Unmodified-Since': 'Fri, 01 Jan 1990 00:00:00 GMT' },
        { Range: 'bytes=5-9', 'If-Range': '"a"' },
        { Range: 'bytes=999999999-' },
      ];
      for (const headers of conditions) {
        const { status, headers: answered } = await get(fixture, path, headers);
        expect([headers, status, answered['etag'], answered['last-modified']]).toEqual([
          headers,
          200,
          undefined,
          undefined,
        ]);
      }
    },
  );
});

describe('headers', () => {
  it('carry the request id of the caller, or a new one', async () => {
    const given = await get(fixture, '/v1/connector', { 'X-Request-Id': 'abc-1' });
    expect(given.headers['x-request-id']).toBe('abc-1');
    const replaced = await get(fixture, '/nowhere', { 'X-Request-Id': 'not good' });
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(replaced.body['requestId']).toBe(replaced.headers['x-request-id']);
  });

  it('forbid caching and guessing', async () => {
    const { headers } = await get(fixture, '/v1/connector');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('say when the simulator answers', async () => {
    expect((await get(fixture, '/v1/connector')).headers['x-zoom-target']).toBeUndefined();
    fixture.connector.info = { ...fixture.connector.info, target: 'simulator' };
    expect((await get(fixture, '/v1/connector')).headers['x-zoom-target']).toBe('simulator');
    expect((await get(fixture, '/nowhere')).headers['x-zoom-target']).toBe('simulator');
  });

  it('say when to come back', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('retryable', 'Rate limit.', { retryAfter: 7 });
    };
    const answer = await post(fixture, '/v1/test');
    expect([answer.status, answer.headers['retry-after'], answer.body['retryAfter']]).toEqual([503, '7', 7]);
  });
});

describe('a reload', () => {
  it('is seen by the next request', async () => {
    const other = createFixture().connector;
    other.info = { ...other.info, name: 'other' };
    let current = fixture.connector;
    fixture = createFixture({ connectors: { names: () => [''], get: () => current } });
    expect((await get(fixture, '/v1/connector')).body['name']).toBe('fake');
    current = other;
    expect((await get(fixture, '/v1/connector')).body['name']).toBe('other');
  });
});

describe('probes', () => {
  it('answer liveness and readiness with the last known state of Zoom', async () => {
    expect((await get(fixture, '/livez')).body).toEqual({ status: 'alive' });
    fixture.connector.state = { reachable: false, lastError: 'No answer about jill@example.com.' };
    const ready = await get(fixture, '/readyz?verbose');
    expect([ready.status, ready.body]).toEqual([
      200,
      { status: 'ready', target: { reachable: false, lastError: 'No answer about <address>' } },
    ]);
  });

  it('answer that the service is stopping', async () => {
    fixture.running.beginStopping();
    const ready = await get(fixture, '/readyz');
    expect([ready.status, ready.body['status'], ready.headers['connection']]).toEqual([
      503,
      'stopping',
      'close',
    ]);
    expect((await get(fixture, '/livez')).status).toBe(200);
    for (const { access, method, path } of operations.filter((row) => row.access !== 'open')) {
      const answer = await (method === 'post' ? post(fixture, path, {}) : get(fixture, path));
      expect([access, answer.status, answer.body['exception']]).toEqual([access, 503, 'RetryableException']);
    }
    expect(fixture.connector.requests).toEqual([]);
  });
});
