import { endpointTable } from './endpoint.js';

/**
 * Facts about the account itself; `me` stands for our own. Plan usage is a heavy call.
 * Sources: https://developers.zoom.us/docs/api/billing/ and https://developers.zoom.us/docs/api/accounts/
 */
export const accountEndpoints = endpointTable('rest', {
  getPlanUsage: [
    'GET /accounts/{accountId}/plans/usage',
    'heavy',
    'safe',
    'billing:read:plan_usage:admin billing:read:plan_usage:master',
    'billing:master account:master',
  ],
  listManagedDomains: [
    'GET /accounts/{accountId}/managed_domains',
    'light',
    'safe',
    'account:read:managed_domains:master',
    'account:read:admin',
  ],
});
