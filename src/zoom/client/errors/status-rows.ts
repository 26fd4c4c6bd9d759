import { byStatus, domain, type ErrorRow, licence, mailTaken, protectedUser, token } from './error-row.js';

/** For a token that Zoom refuses; over SCIM it may come from the portal. */
export const scimToken = `${token} Generate a new token for security.scim.bearerToken in the Zoom portal, where SCIM is set up.`;

const sso =
  'SCIM needs a Business or Education account with an approved vanity URL: switch on single sign-on in the Zoom portal ' +
  '(Advanced > Single Sign-On) and configure it with your identity provider, or use "service.api": "rest".';

const bundle =
  "The bundle is none that the account has, or goes by another attribute: compare its code with Zoom's list of plans and " +
  'with the licences of the account.';

const conflict = 'Zoom reports a conflict on creation and does not say why: the name or address is taken.';

const api = 'scim';

/**
 * Meanings of SCIM's errors, which have no code. They stand before the general rows, because Zoom quotes addresses in
 * which the words of those rows may occur. Source: https://developers.zoom.us/docs/api/scim2/
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

/**
 * Meanings of answers without a code about groups. They stand before the general rows, because Zoom quotes the name of
 * the group, in which the words of those rows may occur. Source: https://developers.zoom.us/docs/api/scim2/
 */
export const groupRows: readonly ErrorRow[] = [
  byStatus([400, 409, 412], 'alreadyExists', 'Another group of the account has this name.', {
    endpoints: ['createGroup', 'updateGroup', 'createScimGroup', 'patchScimGroup'],
    text: /already|\bexists\b/i,
  }),
  byStatus(
    [400],
    'preconditionFailed',
    'Zoom gives no reason; the account may have as many groups as Zoom allows, or too many new ones today.',
    { endpoints: ['createScimGroup'], text: /create group failed/i },
  ),
  byStatus(
    [400],
    'preconditionFailed',
    "Zoom keeps the default group of the account: make another group the default one in Zoom's portal first.",
    { endpoints: ['deleteScimGroup'], text: /default group/i },
  ),
  byStatus([404], 'invalidAttributeValue', 'Zoom does not know one of the users; the group is there.', {
    endpoints: ['patchScimGroup'],
    text: /\buser\b/i,
  }),
];
