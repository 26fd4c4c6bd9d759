import type { ConnectorConfig } from '../config/connector-config.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { ConnectorSettings } from '../connector/operations/environment.js';
import type { ZoomClientOptions } from './client/options.js';
import type { GroupClassSettings } from './group/group-class.js';
import type { UserClassSettings } from './user/user-class.js';

/** Milliseconds that a deactivation at the end of a plan has, whatever became of the operation. */
const guaranteedMs = 30_000;

/** The client's view of the configuration. */
export function clientOptions({
  custom,
  rateLimit,
  rest,
  security,
  service,
}: ConnectorConfig): ZoomClientOptions {
  const { clientId, clientSecret, scope, tokenUrl } = security.authenticator.oauth2ClientCredentials;
  const { bearerToken } = security.scim;
  return {
    serviceUrl: service.serviceUrl,
    scimUrl: service.scimUrl,
    tokenUrl,
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? new GuardedString(''),
    ...(scope !== null && { scope }),
    accountId: custom.accountId ?? '',
    ...(bearerToken !== null && { scimBearerToken: bearerToken }),
    ioErrorRetries: rest.ioErrorRetries,
    requestTimeoutMs: rest.requestTimeoutMs,
    maxConcurrency: rest.maxConcurrency,
    maxWaitMs: rest.maxWaitMs,
    ...(rest.proxy !== null && { proxy: rest.proxy.reveal() }),
    plan: rateLimit.plan,
    share: rateLimit.share,
  };
}

/** What the operations decide by. */
export function connectorSettings({ results, service }: ConnectorConfig): ConnectorSettings {
  return {
    target: service.target,
    api: service.api,
    deepGet: results.deepGet,
    deepImport: results.deepImport,
    pagination: results.pagination,
    duplicateErrorReturnsId: service.duplicateErrorReturnsId,
    guaranteedMs,
  };
}

/** What `ZoomUser` decides by. */
export function userClassSettings({ custom, rest, results }: ConnectorConfig): UserClassSettings {
  return {
    policy: custom,
    listing: {
      pageSize: results.importBatchSize,
      concurrency: rest.maxConcurrency,
      verifyTotals: results.verifyTotals,
    },
    createAction: custom.userCreateAction,
    emailChangeRefusal: custom.emailChangeRefusal,
    customAttributes: custom.customAttributes,
    phoneBundleTypes: custom.phoneBundleTypes,
    renamed: custom.attributeNames,
  };
}

/** What `ZoomGroup` decides by. */
export function groupClassSettings({ custom, rest, results }: ConnectorConfig): GroupClassSettings {
  return {
    entitlementDeletionEnabled: custom.entitlementDeletionEnabled,
    concurrency: rest.maxConcurrency,
    verifyTotals: results.verifyTotals,
    renamed: custom.attributeNames,
  };
}
