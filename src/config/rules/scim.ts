import type { Finding } from '../../connid/errors.js';
import type { Rule, UnresolvedConfig } from './rule.js';

const access = [
  '/service/api',
  '/service/target',
  '/service/scimFallback',
  '/security/authenticator/oauth2ClientCredentials/clientId',
];

/** Whether SCIM is all there is: REST is switched off, or there are no credentials for it. */
function isScimAlone({ security, service }: UnresolvedConfig): boolean {
  if (service.api !== 'scim') return false;
  const hasCredentials =
    service.target === 'simulator' || security.authenticator.oauth2ClientCredentials.clientId !== null;
  return !service.scimFallback || !hasCredentials;
}

/** A setting that only REST can carry out. */
function needsRest(path: string, isAsked: (config: UnresolvedConfig) => boolean): Rule {
  const message =
    'Needs REST, which SCIM alone does not have: set "service.scimFallback" and give OAuth credentials, or leave it out.';
  return {
    reads: [path, ...access],
    check: (config): Finding[] => (isScimAlone(config) && isAsked(config) ? [{ path, message }] : []),
  };
}

const createAction: Rule = {
  reads: ['/service/api', '/custom/userCreateAction'],
  check: ({ custom, service }) => {
    const makesOthers = ['autoCreate', 'custCreate'].includes(custom.userCreateAction);
    if (service.api !== 'scim' || !makesOthers) return [];
    const message =
      'SCIM makes users who sign on by SSO, and no others. Use "ssoCreate", or "service.api": "rest".';
    return [{ path: '/custom/userCreateAction', message }];
  },
};

/** Rules about what can be done over SCIM. */
export const scimRules: readonly Rule[] = [
  createAction,
  needsRest('/custom/disassociateOnDelete', ({ custom }) => custom.disassociateOnDelete),
  needsRest('/custom/immediateLogoutOnDeactivate', ({ custom }) => custom.immediateLogoutOnDeactivate),
  needsRest('/custom/transferOnDelete', ({ custom }) => custom.transferOnDelete !== null),
];
