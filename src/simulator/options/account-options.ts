import { atStart, flag, integer, oneOf, text, texts } from './row.js';

/** Options that describe the simulated account: size, plan, credentials, licences. */
export const accountOptions = {
  users: atStart(integer(1000, 'Users of the account in all three statuses; the first is the owner.')),
  groups: atStart(integer(20, 'Groups of the account.')),
  phoneUsers: atStart(integer(300, 'Users with Zoom Phone, at most as many as there are active users.')),
  seed: atStart(integer(1, 'The same seed gives the same account, ids, tokens and random faults.')),
  plan: oneOf(
    'business',
    ['free', 'pro', 'none'],
    'Plan whose rate limits are enforced; none means no limits. A free account has no groups.',
  ),
  accountId: atStart(text('q6gBJVO5TzexKYTb_I2rpg', 'Account id that the token call must name.')),
  clientId: text('simulator-client', 'Client id that the token call must present.'),
  clientSecret: text('simulator-secret', 'Client secret that the token call must present.'),
  scimToken: text('simulator-scim-token', 'SCIM token of the portal: a bearer of /scim2 that never expires.'),
  scopeModel: oneOf('granular', ['classic'], 'Kind of scopes that the application has and calls need.'),
  grantedScopes: texts([], 'Scopes of the application; an empty list stands for all of the scope model.'),
  managedDomains: texts(['example.com'], 'Domains managed by the account (autoCreate, e-mail change).'),
  blockedDomains: texts(['blocked.example'], 'Domains whose addresses Zoom refuses (400/1107).'),
  freeLicences: atStart(
    integer(1000, 'Seats left free in every licence pool when the simulator starts; 0 exhausts them all.'),
  ),
  sso: flag(true, 'Single sign-on is enabled: needed for ssoCreate (else 400/2002) and SCIM (else 400).'),
  preProvisionSso: flag(true, 'The option that ssoCreate needs (else 400/2032).'),
  apiOnlyUsers: flag(true, 'The contract that custCreate needs (else 400/2016).'),
  phoneEnabled: flag(true, 'Zoom Phone is set up for the account (else 403/2031 on phone calls).'),
  adminPermissions: flag(true, 'The role of the installing admin allows writes (else 400/200 on writes).'),
} as const;
