import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../../src/connector/call.js';
import { accountEndpoints } from '../../../src/zoom/endpoints/account.js';
import { groupEndpoints } from '../../../src/zoom/endpoints/groups.js';
import { numberEndpoints, phoneEndpoints } from '../../../src/zoom/endpoints/phone.js';
import { roleEndpoints } from '../../../src/zoom/endpoints/roles.js';
import { userSettingsEndpoints } from '../../../src/zoom/endpoints/user-settings.js';
import { userEndpoints } from '../../../src/zoom/endpoints/users.js';

const all: readonly Endpoint[] = Object.values({
  ...userEndpoints,
  ...userSettingsEndpoints,
  ...groupEndpoints,
  ...roleEndpoints,
  ...accountEndpoints,
  ...phoneEndpoints,
  ...numberEndpoints,
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
