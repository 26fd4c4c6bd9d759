import type { Call } from '../../connector/object-class/call.js';
import type { SegmentKind } from '../../connector/object-class/endpoint.js';
import { ConnectorError } from '../../connid/errors.js';
import { isAddress, isId, isRoleId } from '../kit/forms.js';

const maxEmployeeIdLength = 320;

const segmentChecks: Readonly<Record<SegmentKind, (value: string) => boolean>> = {
  userId: (value) => isId(value) || isAddress(value),
  employeeId: isEmployeeId,
  groupId: isId,
  roleId: isRoleId,
  siteId: isId,
  // `me` is our own account in `/accounts/{accountId}`; it never comes from a caller.
  accountId: (value) => value === 'me' || isId(value),
  phoneNumber: (value) => /^\+?\d+$/.test(value) || isId(value),
  planType: (value) => /^\d+$/.test(value),
};

const segmentNames: Readonly<Record<SegmentKind, string>> = {
  userId: 'the id or address of a user',
  employeeId: 'an employee id',
  groupId: 'the id of a group',
  roleId: 'the id of a role',
  siteId: 'the id of a phone site',
  accountId: 'the id of an account',
  phoneNumber: 'a phone number or the id of one',
  planType: 'the code of a calling plan',
};

/** Last parts of fixed paths below `/users/`, which Zoom would take for what they say. */
const fixedUserPaths: readonly string[] = ['me', 'email', 'summary', 'vanity_name', 'zpk'];

/**
 * Whether the text can name a user by employee id, which is free text: not what a fixed path, a dot segment or a
 * second segment would be taken for.
 */
export function isEmployeeId(value: string): boolean {
  if (
    value.length === 0 ||
    value.length > maxEmployeeIdLength ||
    fixedUserPaths.includes(value.toLowerCase())
  ) {
    return false;
  }
  return !/[\p{Cc}\p{Cs}/\\]/u.test(value) && !/^\.+$/.test(value) && value.trim() === value;
}

/** Whether a value may stand in a path segment of the kind. */
export function isSegment(kind: SegmentKind, value: string): boolean {
  return segmentChecks[kind](value);
}

/**
 * The path of a call relative to the API's base, checked and encoded, with its query.
 * Values are checked before they are encoded, because URL normalisation swallows `..` and Zoom gives words such as
 * `me` and `summary` a meaning of their own.
 * @throws ConnectorError of kind `unknownUid` for the id of a user or group that can be none, of kind
 *   `invalidAttributeValue` for any other value; no value is repeated in the message.
 */
export function requestPath(call: Call): string {
  const path = call.endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodedSegment(call, name));
  const query = queryString(call.query ?? {});
  return query === '' ? path : `${path}?${query}`;
}

function encodedSegment(call: Call, name: string): string {
  const kind = call.endpoint.params[name];
  const value = call.params?.[name];
  if (kind === undefined || value === undefined) {
    throw new ConnectorError('unexpected', `The call ${call.endpoint.id} lacks its parameter ${name}.`);
  }
  if (!isSegment(kind, value)) throw segmentError(kind);
  return encodeURIComponent(value);
}

function segmentError(kind: SegmentKind): ConnectorError {
  if (kind === 'userId' || kind === 'groupId') {
    return new ConnectorError('unknownUid', `The uid is not ${segmentNames[kind]} in Zoom.`);
  }
  return new ConnectorError('invalidAttributeValue', `The value is not ${segmentNames[kind]} in Zoom.`);
}

function queryString(query: NonNullable<Call['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.toString();
}
