import { startService, type TestService, type TestSettings, type TestSurroundings } from './service.js';

/** The ways in which groups are managed: over REST, over SCIM complemented by REST, and over SCIM alone. */
export const groupApis = ['rest', 'scim', 'scim alone'] as const;

export type GroupApi = (typeof groupApis)[number];

/** Starts a service whose groups are managed in one of the ways. */
export function startGroups(
  api: GroupApi,
  settings: TestSettings = {},
  surroundings: TestSurroundings = {},
): Promise<TestService> {
  const service = api === 'rest' ? { api } : { api: 'scim', scimFallback: api === 'scim' };
  return startService({ ...settings, service: { ...settings['service'], ...service } }, surroundings);
}
