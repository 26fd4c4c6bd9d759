import { byStatus, type ErrorRow } from './errors/error-row.js';

/**
 * What answers without a code mean for groups. They come before the general rows, because Zoom quotes the name of the
 * group, which may be made of words that those look for. Source: https://developers.zoom.us/docs/api/scim2/
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
