import { beforeEach, describe, expect, it } from '@jest/globals';

import { ConnectorError } from '../../src/connid/errors.js';
import { createFixture, type Fixture } from '../support/fixture.js';
import { get, post } from '../support/http-client.js';

let fixture: Fixture;
beforeEach(() => {
  fixture = createFixture();
});

const user = { objectClass: 'zoomuser', attributes: { __NAME__: 'jill@example.com', DEPT: 'HR' } };

describe('GET /v1/schema', () => {
  it('answers every object class', async () => {
    const { status, body } = await get(fixture, '/v1/schema');
    expect(status).toBe(200);
    expect(body['objectClasses']).toMatchObject([{ name: 'ZoomUser' }, { name: 'ZoomGroup' }]);
  });

  it('answers one object class', async () => {
    const { body } = await get(fixture, '/v1/schema?objectClass=zoomgroup');
    expect(body['objectClasses']).toHaveLength(1);
  });

  it('refuses a class that does not exist', async () => {
    const { status, body } = await get(fixture, '/v1/schema?objectClass=Nothing');
    expect(status).toBe(501);
    expect(body['exception']).toBe('UnsupportedOperationException');
  });
});

describe('POST /v1/test', () => {
  it('answers the checks, with or without a body', async () => {
    const expected = { ok: true, checks: [{ name: 'token', ok: true, detail: 'A token was obtained.' }] };
    const bare = await post(fixture, '/v1/test');
    expect([bare.status, bare.body]).toEqual([200, expected]);
    expect((await post(fixture, '/v1/test', {})).status).toBe(200);
  });
});

describe('GET /v1/connector', () => {
  it('answers what the connector says of itself', async () => {
    const { body } = await get(fixture, '/v1/connector');
    expect(body).toMatchObject({ name: 'fake', version: '1.2.3', target: 'zoom', api: 'rest' });
  });
});

describe('POST /v1/validate', () => {
  it('hands the configuration on as it is', async () => {
    const seen: unknown[] = [];
    fixture = createFixture({
      validateConfig: (json) => {
        seen.push(json);
        return { valid: false, errors: [{ path: '/service', message: 'must be an object.' }] };
      },
    });
    const { status, body } = await post(fixture, '/v1/validate', { service: null });
    expect(status).toBe(200);
    expect(body).toEqual({ valid: false, errors: [{ path: '/service', message: 'must be an object.' }] });
    expect(seen).toEqual([{ service: null }]);
  });
});

describe('POST /v1/create', () => {
  it('answers 201 with uid and name', async () => {
    const { status, body } = await post(fixture, '/v1/create', user);
    expect(status).toBe(201);
    expect(body).toEqual({ uid: 'U1', name: 'jill@example.com', warnings: [] });
  });

  it('answers 200 when an existing object was adopted', async () => {
    fixture.connector.seed('jill@example.com');
    const adopting = { ...user, attributes: { ...user.attributes, __ADOPT__: true } };
    const { status, body } = await post(fixture, '/v1/create', adopting);
    expect([status, body]).toEqual([200, { uid: 'U1', name: 'jill@example.com', warnings: [] }]);
  });

  it('answers 409 with the uid of the object in the way', async () => {
    fixture.connector.seed('jill@example.com');
    const { status, body } = await post(fixture, '/v1/create', user);
    expect(status).toBe(409);
    expect(body).toMatchObject({ exception: 'AlreadyExistsException', uid: 'U1' });
  });

  it('hands on null as a value of an attribute', async () => {
    await post(fixture, '/v1/create', {
      ...user,
      options: null,
      attributes: { ...user.attributes, DEPT: null },
    });
    expect(fixture.connector.requests).toEqual([
      { objectClass: 'zoomuser', attributes: { __NAME__: 'jill@example.com', DEPT: null } },
    ]);
  });
});

describe('POST /v1/get', () => {
  it('answers the object', async () => {
    const seeded = fixture.connector.seed('jill@example.com', { DEPT: null });
    const { status, body } = await post(fixture, '/v1/get', {
      objectClass: 'ZoomUser',
      uid: 'U1',
      nameHint: null,
    });
    expect([status, body]).toEqual([200, seeded]);
  });

  it('answers 404 UnknownUidException when there is no such object', async () => {
    const { status, body, headers } = await post(fixture, '/v1/get', {
      objectClass: 'ZoomUser',
      uid: 'gone',
    });
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: 'urn:zoom-connector:error:unknown-uid',
      exception: 'UnknownUidException',
      requestId: headers['x-request-id'],
    });
  });
});

describe('POST /v1/update-delta', () => {
  it('answers side effects and warnings', async () => {
    fixture.connector.seed('jill@example.com');
    const deltas = [{ name: 'DEPT', valuesToReplace: ['IT'] }];
    const { status, body } = await post(fixture, '/v1/update-delta', {
      objectClass: 'ZoomUser',
      uid: 'U1',
      deltas,
    });
    expect([status, body]).toEqual([200, { sideEffects: [], warnings: [] }]);
  });

  it('answers what was applied and what was not', async () => {
    fixture.connector.hook = () => {
      throw new ConnectorError('preconditionFailed', 'No licence is left.', {
        applied: ['DEPT'],
        notApplied: ['TYPE'],
      });
    };
    const { status, body } = await post(fixture, '/v1/update-delta', {
      objectClass: 'ZoomUser',
      uid: 'U1',
      deltas: [],
    });
    expect(status).toBe(412);
    expect(body).toMatchObject({ applied: ['DEPT'], notApplied: ['TYPE'] });
  });
});

describe('POST /v1/delete', () => {
  it('answers 204 and nothing else', async () => {
    fixture.connector.seed('jill@example.com');
    const { status, text } = await post(fixture, '/v1/delete', { objectClass: 'ZoomUser', uid: 'U1' });
    expect([status, text]).toEqual([204, '']);
    expect(fixture.connector.objects.size).toBe(0);
  });
});

describe('a dry run', () => {
  it.each(['create', 'update-delta', 'delete'])('of %s writes nothing', async (operation) => {
    const body = { ...user, uid: 'U1', deltas: [] };
    const members = { create: ['attributes'], 'update-delta': ['uid', 'deltas'], delete: ['uid'] }[operation];
    const picked = Object.fromEntries(
      Object.entries(body).filter(([name]) => name === 'objectClass' || members?.includes(name)),
    );
    const answer = await post(fixture, `/v1/${operation}?dryRun=true`, picked);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ plan: [{ method: 'POST', path: '/users' }] });
    expect(fixture.connector.objects.size).toBe(0);
  });
});
