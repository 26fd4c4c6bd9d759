import { hkdfSync } from 'node:crypto';
import type { ConnectorConfig } from '../config/connector-config.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { ConnectorSettings } from '../connector/operations/operation-parts.js';
import type { ZoomClientOptions } from './client/options.js';
import type { Lists } from './kit/paged-list.js';
import type { GroupClassSettings } from './group/group-class.js';
import type { ClassConfig } from './kit/class-parts.js';
import type { PendingIds } from './user/pending-ids.js';
import type { UserClassSettings } from './user/user-class.js';

/** Milliseconds that a deactivation at the end of a plan has, whatever became of the operation. */
const guaranteedMs = 30_000;

/** True if there are credentials for REST. */
export function hasRest({ security }: ClassConfig): boolean {
  return security.authenticator.oauth2ClientCredentials.clientId !== null;
}

/** True if SCIM manages users and groups, and REST may be used for what it does not see. */
export function hasFallback(config: ClassConfig): boolean {
  return config.service.scimFallback && hasRest(config);
}

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
    maxAnswerBytes: rest.maxAnswerBytes,
    sendTraceparent: rest.sendTraceparent,
    ...(rest.proxy !== null && { proxy: rest.proxy.reveal() }),
    plan: rateLimit.plan,
    share: rateLimit.share,
  };
}

/** The settings of the operations. */
export function connectorSettings({ rest, results, service }: ConnectorConfig): ConnectorSettings {
  return {
    target: service.target,
    targetName: 'Zoom',
    api: service.api,
    deepGet: results.deepGet,
    deepImport: results.deepImport,
    pagination: results.pagination,
    maxSortedResults: results.maxSortedResults,
    maxConcurrency: rest.maxConcurrency,
    idleTimeoutMs: rest.idleTimeoutMs,
    duplicateErrorReturnsId: service.duplicateErrorReturnsId,
    verifyWrites: service.verifyWrites,
    guaranteedMs,
  };
}

/**
 * The key that signs cookies of paged searches: from the client's credentials, so that every replica and every restart
 * accepts them, and from the account, so that no other one does.
 * @param name - of the connector, because the simulated accounts of several may have the same credentials.
 */
export function cookieKey(config: ConnectorConfig, name = ''): Uint8Array {
  const { clientId } = config.security.authenticator.oauth2ClientCredentials;
  const account = JSON.stringify([config.custom.accountId, clientId, ...(name === '' ? [] : [name])]);
  const secret = clientSecretOf(config);
  return new Uint8Array(hkdfSync('sha256', secret, account, 'paged search cookies', 32));
}

/** The secret of the application: its client secret, or its token for SCIM. */
export function clientSecretOf({ security }: ConnectorConfig): string {
  const secret = security.authenticator.oauth2ClientCredentials.clientSecret ?? security.scim.bearerToken;
  return secret?.reveal() ?? '';
}

/** The settings of `ZoomUser`. */
export function userClassSettings(
  { custom, results }: ClassConfig,
  lists: Lists,
  pendingIds?: PendingIds,
): UserClassSettings {
  return {
    policy: custom,
    listing: {
      pageSize: results.importBatchSize === 0 ? 'auto' : results.importBatchSize,
      lists,
      ...(pendingIds !== undefined && { pendingIds }),
    },
    createAction: custom.userCreateAction,
    emailChangeRefusal: custom.emailChangeRefusal,
    customAttributes: custom.customAttributes,
    phoneBundleTypes: custom.phoneBundleTypes,
    renamed: custom.attributeNames,
  };
}

/** The settings of `ZoomGroup`. */
export function groupClassSettings({ custom }: ClassConfig, lists: Lists): GroupClassSettings {
  return {
    entitlementDeletionEnabled: custom.entitlementDeletionEnabled,
    lists,
    renamed: custom.attributeNames,
  };
}
