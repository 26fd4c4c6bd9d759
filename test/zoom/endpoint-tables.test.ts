import { describe, expect, it } from '@jest/globals';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import { objectClassesOf } from '../../src/zoom/object-classes.js';
import { endpointTable, type ZoomEndpoint, zoomEndpoint } from '../../src/zoom/kit/endpoint-table.js';
import { segments } from '../../src/zoom/kit/segments.js';
import { userEndpoints } from '../../src/zoom/user/endpoints.js';

function endpointsOver(api: 'rest' | 'scim'): readonly ZoomEndpoint[] {
  const { json } = checkConfigJson({ service: { target: 'simulator', api } });
  return objectClassesOf(json as ConnectorConfig).flatMap(({ endpoints: { optional, required } }) =>
    [...required, ...optional].map(zoomEndpoint),
  );
}

/** Every call that some class makes, once. */
const all = [...new Set([...endpointsOver('rest'), ...endpointsOver('scim')])];

describe('the endpoints of all classes', () => {
  it('have ids of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each(all)('$id: reads and deletions are safe to repeat, and some scope is named', (endpoint) => {
    expect(endpoint.scopes.granular.concat(endpoint.scopes.classic).join('')).not.toBe('');
    expect(['GET', 'DELETE', 'PATCH'].includes(endpoint.method) ? endpoint.repeat : 'safe').toBe('safe');
  });
});

describe('a table of endpoints', () => {
  it('takes placeholders from the table of segments', () => {
    const row = ['GET /phone/sites/{siteId}', 'light', 'safe', 'a b', 'c'] as const;
    const { getPhoneSite } = endpointTable('phone', { getPhoneSite: row });
    expect(getPhoneSite).toMatchObject({ id: 'getPhoneSite', method: 'GET', path: '/phone/sites/{siteId}' });
    expect(getPhoneSite.params).toEqual({ siteId: segments.siteId });
    expect(getPhoneSite.scopes).toEqual({ granular: ['a', 'b'], classic: ['c'] });
  });

  it.each(['{roomId}', '{toString}'])('refuses the placeholder %s, which has no row there', (placeholder) => {
    const row = [`GET /rooms/${placeholder}`, 'light', 'safe', 'a', 'b'] as const;
    expect(() => endpointTable('rest', { getRoom: row })).toThrow(placeholder);
  });
});

describe('an endpoint as the connector passes it on', () => {
  it.each([
    { api: 'soap' },
    { label: 'swift' },
    { params: { userId: 'userId' } },
    { params: { userId: null } },
  ])('is refused with %j', (change) => {
    const endpoint = { ...userEndpoints.getUser, ...change };
    expect(() => zoomEndpoint(endpoint)).toThrow('getUser is not an endpoint of Zoom');
  });

  it('is refused without scopes', () => {
    const { id, api, label, method, params, path, repeat } = userEndpoints.getUser;
    expect(() => zoomEndpoint({ id, api, label, method, params, path, repeat })).toThrow('not an endpoint');
  });
});
