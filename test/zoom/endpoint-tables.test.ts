import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../src/connector/object-class/endpoint.js';
import { groupEndpoints } from '../../src/zoom/group/endpoints.js';
import { phoneEndpoints } from '../../src/zoom/user/phone/endpoints.js';
import { membershipEndpoints, roleEndpoints, userEndpoints } from '../../src/zoom/user/endpoints.js';

const all: readonly Endpoint[] = Object.values({
  ...userEndpoints,
  ...groupEndpoints,
  ...membershipEndpoints,
  ...roleEndpoints,
  ...phoneEndpoints,
});

describe('endpoint tables', () => {
  it('give each endpoint an id of its own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each(all)('$id: reads and deletions are safe to repeat, and some scope is named', (endpoint) => {
    expect(endpoint.scopes.granular.concat(endpoint.scopes.classic).join('')).not.toBe('');
    expect(['GET', 'DELETE', 'PATCH'].includes(endpoint.method) ? endpoint.repeat : 'safe').toBe('safe');
  });
});
