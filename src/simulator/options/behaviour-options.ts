import { flag, integer, oneOf } from './row.js';

/** Options for behaviours on which sources disagree, or that Zoom does not document. */
export const behaviourOptions = {
  duplicateStatus: oneOf<412 | 409 | 400>(
    412,
    [409, 400],
    'HTTP status for a user or group that exists already; Zoom documents 409.',
  ),
  duplicateBody: oneOf('code', ['plain'], 'Duplicate answers carry code 1005 or 4132, or a message only.'),
  liveTokens: oneOf('many', ['one'], 'With one, a new token revokes the earlier one of the same index.'),
  tokenLifeSeconds: integer(3600, 'Life of an access token.'),
  invalidTokenStatus: oneOf<401 | 400>(401, [400], 'HTTP status of code 124.'),
  invalidClientStatus: oneOf<400 | 401>(400, [401], 'HTTP status of the token call for a wrong client.'),
  missingScopeCode: oneOf<4711 | 4700 | 104>(4711, [4700, 104], 'Code of a call without a needed scope.'),
  unknownPathStatus: oneOf<400 | 404>(400, [404], 'HTTP status of code 2300, an unknown path.'),
  statusChangeStatus: oneOf<204 | 200>(204, [200], 'HTTP status of a successful PUT of the user status.'),
  pageSizeOverMaximum: oneOf('clamp', ['refuse'], 'Page sizes above the maximum: clamped or 400/300.'),
  maxUserPageSize: oneOf<300 | 2000>(300, [2000], 'Largest page of the user list.'),
  pageTokenLifeSeconds: integer(900, 'Life of a page token.'),
  repeatedRows: integer(0, 'Rows of a page that come again on the next one.'),
  concurrencyLocks: flag(true, 'A user being deleted or created refuses other calls with 429.'),
  inactivePatch: oneOf('refuse', ['store'], 'Update of an inactive user: 400/1053, or stored.'),
  inactiveDelete: oneOf('allow', ['refuse'], 'Deletion of an inactive user: done, or 400/200.'),
  pendingWrites: oneOf('ignore', ['refuse'], 'Update of a pending user: 204 without effect, or 404/1001.'),
  pendingCreateId: oneOf('present', ['blank'], 'Id in the answer to a create that ends in pending.'),
  pendingGetId: oneOf('present', ['absent'], 'Id in the answer to a read of a pending user.'),
  pendingById: oneOf('found', ['notFound'], 'Whether a pending user can be read by id.'),
  invitationLifeDays: integer(0, 'Days until an invitation expires (400/1120); 0 means never.'),
  createAction: oneOf('pending', ['active'], 'Status after action create; active comes with verified 0.'),
  foreignAddress: oneOf(
    'invite',
    ['refuse'],
    'Action create for an address of a foreign account: invited with a blank id, or 400/1009.',
  ),
  roleWrites: oneOf(
    'success',
    ['error'],
    'Create and update of roles: 201 and 204, or a 200 that is an error.',
  ),
  phoneDelayMs: integer(0, 'Time until the phone record of a newly enabled user can be read.'),
  phoneMissingStatus: oneOf<404 | 400>(404, [400], 'Phone user who has no Zoom Phone: 404/1001 or 400/300.'),
  phoneNumberFormat: oneOf('digits', ['plus'], 'Numbers of phone users without or with a plus sign.'),
} as const;
