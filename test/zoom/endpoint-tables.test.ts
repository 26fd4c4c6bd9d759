import { describe, expect, it } from '@jest/globals';
import type { ConnectorConfig } from '../../src/config/connector-config.js';
import { checkConfigJson } from '../../src/config/validate-config.js';
import type { Endpoint } from '../../src/connector/object-class/endpoint.js';
import { objectClassesOf } from '../../src/zoom/object-classes.js';

function endpointsOver(api: 'rest' | 'scim'): readonly Endpoint[] {
  const { json } = checkConfigJson({ service: { target: 'simulator', api } });
  return objectClassesOf(json as ConnectorConfig).flatMap(({ endpoints: { optional, required } }) => [
    ...required,
    ...optional,
  ]);
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
