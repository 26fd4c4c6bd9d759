import {
  byStatus,
  domain,
  type ErrorRow,
  licence,
  mailTaken,
  on,
  protectedUser,
  token,
} from './error-row.js';
import { groupRows, scimRows, scimToken } from './status-rows.js';

const expiredPage = 'The listing took too long or was interrupted; it is read again from the start.';

const look = 'The message of Zoom in "upstream" says why.';

const plan =
  'The plan of the Zoom account does not include this; change the plan or leave the attribute out.';

const scope = 'Add the scope to the app in the Zoom App Marketplace and activate the app again.';

const gone = 'The object is not in this Zoom account (any more).';

const noValue = 'The phone site, template or plan does not exist.';

const heir = 'Check custom.transferOnDelete: the address must be another active user of the account.';

const password = 'The password does not meet the rules of the Zoom account.';

/**
 * Meanings of Zoom's error codes, the specific rows of a code before its general one. A row goes by its code first, by
 * status second, and by text only where a code has several meanings. Sources: the error lists of the calls at
 * https://developers.zoom.us/docs/api/users/ and https://developers.zoom.us/docs/api/phone/,
 * https://developers.zoom.us/docs/api/errors/ and, for 1053 and 1009, what production accounts answered.
 */
export const codeRows: readonly ErrorRow[] = [
  // Access
  on(104, 'permissionDenied', scope),
  on(124, 'permissionDenied', 'The administrator behind the app has no right on this phone site.', {
    api: 'phone',
    text: /site/i,
  }),
  on(124, 'connectionFailed', scimToken, { api: 'scim' }),
  on(124, 'connectionFailed', token),
  on([4700, 4711], 'permissionDenied', scope),
  on(5411, 'permissionDenied', look),
  // 200: permission or plan, with the text as the only difference
  on(200, 'permissionDenied', plan, { text: /paid account/i }),
  on(
    200,
    'preconditionFailed',
    'Zoom does not delete this deactivated user; activate or disassociate it instead.',
    { endpoints: ['deleteUser'], text: /deactivated/i },
  ),
  on(200, 'preconditionFailed', 'Take the group out of the information barrier policy first.', {
    endpoints: ['deleteGroup'],
  }),
  on(200, 'permissionDenied', protectedUser, { endpoints: ['updateUserStatus', 'updateUserEmail'] }),
  on(
    200,
    'permissionDenied',
    'The administrator behind the app lacks a role privilege, or Zoom protects the object. ' + look,
  ),
  // 300: validation
  on(300, 'connectorIO', expiredPage, {
    text: /page token/i,
  }),
  on(300, 'alreadyExists', 'Another object has this name or address.', { collides: true, text: /already/i }),
  on(300, 'connectorIO', 'Zoom could not read the request; if it happens again, please report this.', {
    text: /valid JSON/i,
  }),
  on(300, 'preconditionFailed', 'Zoom limits how often a password changes in a day.', {
    endpoints: ['updateUserPassword'],
    text: /maximum|too many|times/i,
  }),
  on(300, 'preconditionFailed', 'The account has as many groups as Zoom allows.', {
    endpoints: ['createGroup'],
    text: /maximum|reached/i,
  }),
  on(300, 'preconditionFailed', 'The user hosts Zoom Events; transfer or cancel them in Zoom first.', {
    endpoints: ['deleteUser', 'updateUserStatus'],
    text: /event/i,
  }),
  on(300, 'configuration', heir, { endpoints: ['deleteUser'], text: /transfer/i }),
  on(300, 'configuration', heir, { endpoints: ['deleteUser'], field: 'transfer_email' }),
  on(300, 'permissionDenied', 'Zoom does not assign or remove the roles Owner and Member.', {
    text: /Normal\/Owner/i,
  }),
  on(300, 'unknownUid', 'Zoom Phone does not know this user.', { api: 'phone', text: /invalid user id/i }),
  on(300, 'invalidAttributeValue', 'A value is not what Zoom accepts. The message of Zoom names it.'),
  // Users
  on(120, 'invalidAttributeValue', 'The picture is empty, too large or of the wrong kind.'),
  on(1000, 'permissionDenied', protectedUser, { endpoints: ['updateUserEmail'] }),
  on(
    1000,
    'preconditionFailed',
    'The user manages a call queue or operates an auto receptionist; hand that over first.',
    { endpoints: ['createUser', 'deleteUser', 'updateUserStatus'] },
  ),
  on(1000, 'preconditionFailed', look),
  on(1001, 'unknownUid', 'The user is not in this Zoom account (any more).'),
  on([1005, 1009], 'alreadyExists', mailTaken),
  on(1010, 'unknownUid', 'The object belongs to another Zoom account.'),
  on(
    1053,
    'preconditionFailed',
    'The user is deactivated: enable it first, or see custom.updateDisabledUsers.',
  ),
  on(1102, 'preconditionFailed', 'No Zoom Phone licence is free. ' + licence),
  on(
    1107,
    'preconditionFailed',
    'Zoom does not disassociate users of managed domains: use custom.disassociateOnDelete false.',
    { endpoints: ['deleteUser'] },
  ),
  on([1107, 1116, 11321], 'permissionDenied', domain),
  on([1108, 1109, 1122, 1206], 'preconditionFailed', 'Only licensed users can have this: change TYPE first.'),
  on(1117, 'permissionDenied', protectedUser),
  on(
    1120,
    'preconditionFailed',
    'The invitation expired or was withdrawn: delete the pending user and create it again.',
  ),
  on(1123, 'preconditionFailed', 'Only users who sign in with work e-mail and password have a password.'),
  on([1124, 1125, 1126, 1127, 1128, 1129, 1130, 1131, 1136], 'invalidAttributeValue', password),
  on(1151, 'preconditionFailed', look),
  on(
    [1204, 1205, 1207, 1208, 1209, 1210, 1211, 1233, 1234, 1242],
    'preconditionFailed',
    'The feature excludes another one the user has, or does not fit this user. ' + look,
  ),
  on(1228, 'preconditionFailed', licence),
  on(1238, 'preconditionFailed', 'The device does not exist.'),
  on(
    [2002, 2032],
    'configuration',
    'Switch on single sign-on with pre-provisioning in Zoom, or choose another custom.userCreateAction.',
  ),
  on(2016, 'permissionDenied', 'Zoom Customer Support must allow this for the account.'),
  on([2033, 2034, 2038, 2039, 3412], 'preconditionFailed', licence),
  on(
    [2035, 2036, 2037],
    'permissionDenied',
    'Zoom does not let this account or address have users added. ' + look,
  ),
  on(2300, 'configuration', 'Zoom does not know this path: check service.serviceUrl and service.scimUrl.'),
  on(4100, 'invalidAttributeValue', 'The personal link is taken; choose another.'),
  on(5301, 'preconditionFailed', look),
  // Groups and roles
  on(4130, 'invalidAttributeValue', 'The group does not exist.', { endpoints: ['createUser', 'updateUser'] }),
  on(4130, 'unknownUid', 'The group is not in this Zoom account (any more).'),
  on(4131, 'preconditionFailed', 'The user is no member of the group.'),
  on(4132, 'alreadyExists', 'Another group of the account has this name.'),
  on(4138, 'preconditionFailed', 'The user is no administrator of the group.'),
  on(1034, 'unknownUid', gone, { byId: true }),
  on(1034, 'invalidAttributeValue', 'The role does not exist: list the roles of the account in Zoom.'),
  on(1224, 'alreadyExists', 'Another role of the account has this name.'),
  // Zoom Phone
  on(
    2001,
    'preconditionFailed',
    'Zoom Phone does not know the account or the user: switch Zoom Phone on first.',
    { api: 'phone' },
  ),
  on(2001, 'configuration', 'Zoom does not know the account: check custom.accountId.'),
  on(2031, 'permissionDenied', 'The account has no Zoom Phone: buy it, or leave phone attributes out.'),
  on(400, 'connectorIO', expiredPage, {
    text: /page token/i,
  }),
  on(400, 'unknownUid', gone, { endpoints: ['getPhoneSite'] }),
  on(400, 'preconditionFailed', licence, { api: 'phone', text: /licen[cs]e|seat|available plan|no .*plan/i }),
  on(400, 'invalidAttributeValue', 'Zoom Phone refuses a site, plan, number or extension. ' + look, {
    api: 'phone',
  }),
  on(403, 'permissionDenied', look),
  on(404, 'preconditionFailed', 'The user does not hold the calling plan that is to be swapped.', {
    api: 'phone',
    text: /subscribe/i,
  }),
  // Documented for a user whose phone site is gone: the user is not.
  on(404, 'invalidAttributeValue', noValue, { endpoints: ['getPhoneUser'] }),
  on(404, 'unknownUid', gone, { api: 'phone', byId: true, writes: false }),
  on(404, 'invalidAttributeValue', noValue, { api: 'phone' }),
  on([405, 409, 412], 'preconditionFailed', look, { api: 'phone' }),
  on(
    [12007, 12008],
    'preconditionFailed',
    'Zoom Phone refuses this user: it is in the trash, or its site is in India. ' + look,
  ),
  on([13800, 13801, 13802, 13803, 13804, 13805, 13806], 'invalidAttributeValue', look),
];

/** Meanings of a status, for answers without a code of the table above. */
export const statusRows: readonly ErrorRow[] = [
  ...groupRows,
  ...scimRows,
  byStatus([401], 'connectionFailed', token),
  byStatus([403], 'permissionDenied', 'The app, or the administrator behind it, may not do this. ' + look),
  byStatus([409, 412], 'preconditionFailed', licence, { collides: true, text: /\blicen[cs]es?\b/i }),
  byStatus([400, 409, 412], 'alreadyExists', 'Another object has this name or address. ' + look, {
    collides: true,
    text: /already|\bexists\b|has been used/i,
  }),
  byStatus([409, 412], 'permissionDenied', domain, { collides: true, text: /\bdomains?\b/i }),
  byStatus(
    [409, 412],
    'alreadyExists',
    'Zoom reports a conflict on creation: the name or address is taken.',
    { collides: true, api: 'rest' },
  ),
  byStatus([404], 'unknownUid', gone, {
    named: true,
    coded: true,
  }),
  byStatus([404], 'unknownUid', gone, {
    api: 'scim',
    text: /not exist/i,
  }),
  byStatus(
    [404],
    'connectorIO',
    'Something between Zoom and us answered: check service.serviceUrl and the proxy.',
  ),
  byStatus([408, 500, 501, 502, 503, 504], 'connectorIO', 'Zoom has trouble; see https://status.zoom.us.'),
  byStatus([409, 412], 'preconditionFailed', look),
  byStatus([400, 422], 'invalidAttributeValue', look, { writes: true }),
  byStatus(
    [300, 301, 302, 303, 307, 308],
    'configuration',
    'Zoom redirects, which is not followed with credentials: check service.serviceUrl and service.scimUrl.',
  ),
];

/** The row for every other answer: a status or a shape that we do not know. */
export const unknownAnswer = byStatus(
  [],
  'connectorIO',
  'We do not know this answer of Zoom, or something between Zoom and us has answered: check the proxy (rest.proxy), the ' +
    'URLs of the service and https://status.zoom.us.',
);
