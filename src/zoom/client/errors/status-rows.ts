import { domain, licence, mailTaken, protectedUser, token } from '../error-hints.js';
import { byStatus, type ErrorRow } from './error-row.js';

/** A token that Zoom does not take; over SCIM it may be that of the portal. */
export const scimToken = `${token} A token of security.scim.bearerToken is made anew in the Zoom portal, where SCIM is set up.`;

const sso =
  'SCIM needs a Business or Education account with an approved vanity URL: switch on single sign-on in the Zoom portal ' +
  '(Advanced > Single Sign-On) and configure it with your identity provider, or use "service.api": "rest".';

const bundle =
  "The bundle is none that the account has, or goes by another attribute: compare its code with Zoom's list of plans and " +
  'with the licences of the account.';

const conflict = 'Zoom reports a conflict on creation and does not say why: the name or address is taken.';

const api = 'scim';

/**
 * What errors of SCIM mean, which have no code. They come before the general rows, because Zoom quotes addresses, which
 * may be made of words that those look for. Source: https://developers.zoom.us/docs/api/scim2/
 */
export const scimRows: readonly ErrorRow[] = [
  byStatus([401], 'connectionFailed', scimToken, { api }),
  byStatus([400], 'preconditionFailed', 'The user may be pending, or may belong to another Zoom account.', {
    api,
    text: /not exist or not belong/i,
  }),
  byStatus([400, 409, 412], 'alreadyExists', mailTaken, { api, text: /already|has been used/i }),
  byStatus([409], 'permissionDenied', domain, { api, text: /domain/i }),
  byStatus([409], 'preconditionFailed', licence, {
    api,
    text: /cannot (?:add|create more)/i,
  }),
  byStatus([409], 'preconditionFailed', bundle, { api, text: /plan is invalid/i }),
  byStatus([412], 'alreadyExists', conflict, { api, collides: true }),
  byStatus([409], 'alreadyExists', conflict, { api, collides: true, text: /^$/ }),
  byStatus([400], 'configuration', sso, { api, text: /single sign-on/i }),
  byStatus([400], 'preconditionFailed', 'The user is inactive or locked: enable it first.', {
    api,
    text: /inactive/i,
  }),
  byStatus([400], 'permissionDenied', protectedUser, { api, text: /admin/i }),
];
