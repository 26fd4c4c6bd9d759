import type { ConnectorConfig } from '../config/connector-config.js';
import { openSession, type Target } from '../connector/object-class/call.js';
import type { OperationContext } from '../connector/context.js';
import type { Endpoint } from '../connector/object-class/endpoint.js';
import { absentClass, type ObjectClass } from '../connector/object-class/object-class.js';
import type { TargetCheck, TargetChecks } from '../connector/ports.js';
import { type Check, ConnectorError } from '../connid/errors.js';
import type { ZoomClient } from './client/zoom-client.js';
import { type Api, apis, zoomEndpoint, type ZoomEndpoint } from './kit/endpoint-table.js';
import { hasFallback, hasRest } from './settings.js';
import { userEndpoints } from './user/endpoints.js';
import { accountLacksPhone, sitePages } from './user/phone/calls.js';

/** Checks that the account has Zoom Phone. Without it, or without the right to ask, users still work. */
function phoneCheck(zoom: Target): TargetCheck {
  return {
    name: 'Zoom Phone',
    decisive: false,
    run: async (context) => {
      const call = {
        ...sitePages.page(undefined),
        query: { page_size: 1 },
        why: 'see whether the account has Zoom Phone',
      };
      try {
        await openSession(zoom, context).send(call);
        return [{ name: 'Zoom Phone', ok: true, detail: 'The account has Zoom Phone.' }];
      } catch (thrown) {
        return [withoutPhone(thrown)];
      }
    },
  };
}

function withoutPhone(thrown: unknown): Check {
  if (accountLacksPhone(thrown)) {
    return {
      name: 'Zoom Phone',
      ok: true,
      detail: 'The account has no Zoom Phone: its users have no phone attributes.',
    };
  }
  if (!(thrown instanceof ConnectorError) || thrown.kind !== 'permissionDenied') throw thrown;
  const { message, details } = thrown;
  const hint = details.hint ?? 'Allow the application to read phone sites.';
  return { name: 'Zoom Phone', ok: true, detail: `Phone data cannot be read. ${message}`, hint };
}

const name = 'clock';

/** Seconds of difference that do no harm to retries and to the life of tokens. */
const tolerated = 60;

/** Compares our clock with Zoom's, by the answer to an earlier check. */
function clockCheck(zoom: Pick<ZoomClient, 'clockAheadMs'>): TargetCheck {
  return { name, decisive: false, run: () => Promise.resolve([verdict(zoom.clockAheadMs())]) };
}

function verdict(aheadMs: number | undefined): Check {
  if (aheadMs === undefined) return { name, ok: true, detail: 'Zoom has not sent its time.' };
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= tolerated)
    return { name, ok: true, detail: "The clock of this computer agrees with Zoom's." };
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return {
    name,
    ok: true,
    detail: `The clock of this computer is ${seconds} seconds ${direction} Zoom's.`,
    hint: 'Synchronise it: the end of tokens and the time of retries depend on the clock.',
  };
}

/**
 * The checks of the Test operation that concern Zoom as a whole: the connection, the token and its scopes, the limits of
 * SCIM alone; then Zoom Phone, the clocks and the plan.
 */
export function targetChecks(
  zoom: ZoomClient,
  objectClasses: readonly ObjectClass[],
  config: ConnectorConfig,
): TargetChecks {
  const isScim = config.service.api === 'scim';
  const usesRest = !isScim || hasFallback(config);
  const granted = freshScopes(zoom);
  const checkedApis = config.security.scim.bearerToken === null ? apis : restApis;
  const credentials = [
    connectionCheck(granted),
    tokenCheck(granted),
    ...objectClasses.map((objectClass) => scopeCheck(granted, objectClass, checkedApis)),
  ];
  return {
    before: [
      ...(hasRest(config) ? credentials : []),
      ...(usesRest ? [] : [scimAloneCheck]),
      ...(isScim && usesRest ? [fallbackCheck(granted)] : []),
    ],
    after: [
      ...(usesRest ? [phoneCheck(zoom)] : []),
      clockCheck(zoom),
      ...(config.rateLimit.plan === 'free' ? [freePlanCheck] : []),
    ],
  };
}

/** The scopes of the application. */
type GrantedScopes = (context: OperationContext) => Promise<readonly string[]>;

/** One fresh token for all checks of a Test: an older one does not show what has been granted since. */
function freshScopes(zoom: ZoomClient): GrantedScopes {
  const scopes = new WeakMap<OperationContext, Promise<readonly string[]>>();
  return (context) => {
    const known = scopes.get(context) ?? zoom.freshScopes(context);
    scopes.set(context, known);
    return known;
  };
}

/** Name resolution, connection and TLS; a refusal of the credentials is an answer, too. */
function connectionCheck(granted: GrantedScopes): TargetCheck {
  const name = 'connection';
  return {
    name,
    decisive: true,
    run: async (context) => {
      try {
        await granted(context);
      } catch (thrown) {
        if (!(thrown instanceof ConnectorError) || thrown.details.upstream === undefined) throw thrown;
      }
      return [{ name, ok: true, detail: 'Zoom answers: its name is resolved and its certificate accepted.' }];
    },
  };
}

/** A token from the portal carries no scopes to look at. */
const restApis: readonly Api[] = ['rest', 'phone'];

const scimAloneCheck = saying({
  name: 'REST',
  ok: true,
  detail: 'Zoom is used over SCIM alone: pending users, phone details and roles by id cannot be managed.',
  hint: 'Give OAuth credentials with REST scopes and set service.scimFallback to have them.',
});

/** Checks that REST can be used for what SCIM does not see. */
function fallbackCheck(grantedScopes: GrantedScopes): TargetCheck {
  const name = 'REST';
  return {
    name,
    decisive: false,
    run: async (context) => {
      const granted = new Set(await grantedScopes(context));
      const missing = missingEndpoints([userEndpoints.listUsers, userEndpoints.getUser], granted);
      if (missing.length === 0) {
        return [
          { name, ok: true, detail: 'REST is used for what SCIM does not see: pending users among others.' },
        ];
      }
      const detail =
        'The application lacks the scopes to read users over REST, so whatever needs what SCIM does not see is refused: ' +
        'unfiltered searches, and updates of users.';
      const hint = `${advice(missing)} Or set service.scimFallback to false, to manage what SCIM holds.`;
      return [{ name, ok: true, detail, hint }];
    },
  };
}

/** A check that has nothing to ask. */
function saying(check: Check): TargetCheck {
  return { name: check.name, decisive: false, run: () => Promise.resolve([check]) };
}

/** Zoom does not tell its plan by a cheap call, so this goes by the configuration. */
const freePlanCheck = saying({
  name: 'plan',
  ok: true,
  detail: 'The configuration says that the Zoom account is free.',
  hint: 'A free account cannot carry a connector: it has no groups and few calls a day. Use a paid plan.',
});

function tokenCheck(granted: GrantedScopes): TargetCheck {
  const name = 'token';
  return {
    name,
    decisive: true,
    run: async (context) => {
      const scopes = await granted(context);
      return [
        { name, ok: true, detail: `Zoom accepted the credentials and granted ${scopes.length} scopes.` },
      ];
    },
  };
}

function scopeCheck(
  grantedScopes: GrantedScopes,
  objectClass: ObjectClass,
  checkedApis: readonly Api[],
): TargetCheck {
  const checked = (listed: readonly Endpoint[]) =>
    listed.map(zoomEndpoint).filter(({ api }) => checkedApis.includes(api));
  const { endpoints, view } = objectClass;
  const name = `scopes of ${view.name}`;
  return {
    name,
    decisive: false,
    run: async (context) => {
      const granted = new Set(await grantedScopes(context));
      const missing = missingEndpoints(checked(endpoints.required), granted);
      if (missing.length > 0) return [absentClass(objectClass, name, missingScopes(name, missing))];
      return [optionalScopes(name, missingEndpoints(checked(endpoints.optional), granted))];
    },
  };
}

function missingEndpoints(
  endpoints: readonly ZoomEndpoint[],
  granted: ReadonlySet<string>,
): readonly ZoomEndpoint[] {
  return endpoints.filter(
    ({ scopes }) => ![...scopes.granular, ...scopes.classic].some((scope) => granted.has(scope)),
  );
}

function missingScopes(name: string, missing: readonly ZoomEndpoint[]): ConnectorError {
  return new ConnectorError('permissionDenied', `The application lacks ${name}.`, { hint: advice(missing) });
}

function optionalScopes(name: string, missing: readonly ZoomEndpoint[]): Check {
  if (missing.length === 0) return { name, ok: true, detail: 'Every scope that is used is granted.' };
  const calls = missing.map(({ id }) => id).join(', ');
  return {
    name,
    ok: true,
    detail: `Some operations will be refused, for lack of scopes: ${calls}.`,
    hint: advice(missing),
  };
}

/** Names the first granular and the first classic scope of each call. */
function advice(missing: readonly ZoomEndpoint[]): string {
  const granular = [...new Set(missing.map(({ scopes }) => scopes.granular[0]))].join(', ');
  const classic = [...new Set(missing.map(({ scopes }) => scopes.classic[0]))].join(', ');
  return `Grant the application the granular scopes ${granular} (or the classic ones ${classic}).`;
}
