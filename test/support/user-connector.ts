import type { Connector } from '../../src/connector/connector.js';
import { createConnector } from '../../src/connector/create-connector.js';
import { createMemoryListingContexts } from '../../src/connector/memory-listing-contexts.js';
import { createMemoryLock } from '../../src/connector/memory-lock.js';
import type { Target } from '../../src/connector/session.js';
import { createUserClass, type UserClassSettings } from '../../src/zoom/user/user-class.js';

const settings: UserClassSettings = {
  policy: {
    ignoreUpdateErrorOnDisabledUser: false,
    removePhoneFeatureOnDisabledUser: false,
    updateDisabledUsers: false,
    pendingUpdatePolicy: 'fail',
    deactivateOnDelete: true,
    disassociateOnDelete: false,
    immediateLogoutOnDeactivate: false,
    transferOnDelete: null,
  },
  listing: { pageSize: 300, verifyTotals: true },
  createAction: 'create',
  emailChangeRefusal: 'fail',
  customAttributes: [],
  phoneBundleTypes: [],
  renamed: {},
};

/** A connector with the class of users alone, for a target of the test's own; it never waits. */
export function userConnector(
  target: Target,
  changes: Partial<Omit<UserClassSettings, 'policy'>> & {
    readonly policy?: Partial<UserClassSettings['policy']>;
  } = {},
): Connector {
  const policy = { ...settings.policy, ...changes.policy };
  return createConnector(
    {
      target: 'simulator',
      api: 'rest',
      deepGet: true,
      deepImport: true,
      pagination: true,
      maxSortedResults: 1000,
      maxConcurrency: 4,
      idleTimeoutMs: 10_000,
      duplicateErrorReturnsId: false,
      verifyWrites: 'off',
      guaranteedMs: 1000,
    },
    {
      version: '0.0.0',
      target,
      pause: () => Promise.resolve(),
      now: () => 0,
      lock: createMemoryLock(),
      contexts: createMemoryListingContexts(() => 0),
      cookieKey: new Uint8Array(32),
      objectClasses: [createUserClass({ ...settings, ...changes, policy }, () => 0)],
      checks: { before: [], after: [] },
      targetState: () => ({ reachable: 'unknown' }),
      close: () => Promise.resolve(),
    },
  );
}
