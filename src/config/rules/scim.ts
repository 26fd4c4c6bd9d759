import type { Finding } from '../../connid/errors.js';
import type { Rule, UnresolvedConfig } from './rule.js';

const access = [
  '/service/api',
  '/service/target',
  '/service/scimFallback',
  '/security/authenticator/oauth2ClientCredentials/clientId',
];

/** True if the connector can use SCIM only: REST is switched off, or has no credentials. */
function isScimAlone({ security, service }: UnresolvedConfig): boolean {
  if (service.api !== 'scim') return false;
  const hasCredentials =
    service.target === 'simulator' || security.authenticator.oauth2ClientCredentials.clientId !== null;
  return !service.scimFallback || !hasCredentials;
}

/** Refuses a setting that needs REST if the connector can use SCIM only. */
function needsRest(path: string, isUsed: (config: UnresolvedConfig) => boolean): Rule {
  const message =
    'Needs REST, but only SCIM is configured: set "service.scimFallback" and OAuth credentials, or remove it.';
  return {
    reads: [path, ...access],
    check: (config): Finding[] => (isScimAlone(config) && isUsed(config) ? [{ path, message }] : []),
  };
}

const createAction: Rule = {
  reads: ['/service/api', '/custom/userCreateAction'],
  check: ({ custom, service }) => {
    const createsOthers = ['autoCreate', 'custCreate'].includes(custom.userCreateAction);
    if (service.api !== 'scim' || !createsOthers) return [];
    const message = 'SCIM creates only users who sign on by SSO. Use "ssoCreate", or "service.api": "rest".';
    return [{ path: '/custom/userCreateAction', message }];
  },
};

/** Rules about settings that SCIM does not support. */
export const scimRules: readonly Rule[] = [
  createAction,
  needsRest('/custom/disassociateOnDelete', ({ custom }) => custom.disassociateOnDelete),
  needsRest('/custom/immediateLogoutOnDeactivate', ({ custom }) => custom.immediateLogoutOnDeactivate),
  needsRest('/custom/transferOnDelete', ({ custom }) => custom.transferOnDelete !== null),
];
