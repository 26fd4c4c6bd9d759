import type { FoundObject } from '../../../connector/object-class/found-object.js';
import { asObject, isNothing, type Json, objectsAt, read, textAt, unreadable } from '../../kit/json.js';
import { checkRecord } from '../../kit/row-faults.js';
import { urns } from '../../kit/scim.js';
import { provenStatus, statusOf, unknownStatus, type UserStatus } from '../user-view.js';
import { scimUserFault } from './calls.js';

/** A SCIM user as the bindings read it: extensions under short names. */
export interface ScimUser {
  /** As Zoom answered it. */
  readonly resource: Json;
  readonly enterprise: unknown;
  readonly zoom: unknown;
  readonly login: unknown;
}

/** The place of a field in a SCIM user: an extension by its short name, or members of the resource. */
export type FieldPath = readonly [first: string, second?: string];

const extensions: Readonly<Record<string, string>> = {
  enterprise: urns.enterprise,
  zoom: urns.zoomUser,
  login: urns.login,
};

/**
 * Roles or groups of a user. Zoom shows them as an object in one place and as an array in others; an empty object
 * stands for none.
 * @throws ConnectorError `connectorIO` for anything else.
 */
export function entriesOf(
  { resource }: Pick<ScimUser, 'resource'>,
  member: 'roles' | 'groups',
): readonly Json[] {
  const value = resource[member];
  const list = Array.isArray(value) || isNothing(value) ? resource : { [member]: [value] };
  return objectsAt(list, member).filter((entry) => Object.keys(entry).length > 0);
}

/** True if the resource shows one group as an object: it may be one of several. */
export function showsOneGroup(user: ScimUser | undefined): boolean {
  return (
    user !== undefined && !Array.isArray(user.resource['groups']) && entriesOf(user, 'groups').length > 0
  );
}

/** A SCIM user from its resource. */
export function scimUser(resource: Json): ScimUser {
  return {
    resource,
    enterprise: resource[urns.enterprise],
    zoom: resource[urns.zoomUser],
    login: resource[urns.login],
  };
}

/** The name of a role or group. */
export function nameOf(entry: Json): string | undefined {
  return textAt(entry, 'value') ?? textAt(entry, 'display');
}

/** The names of a user's roles or groups. @throws ConnectorError as {@link entriesOf} does. */
export function namesOf(user: ScimUser, member: 'roles' | 'groups'): readonly string[] {
  return entriesOf(user, member).map((entry) => {
    const name = nameOf(entry);
    if (name === undefined) throw unreadable(member, 'contains an entry without a name');
    return name;
  });
}

/**
 * A user from a resource.
 * @param source - name of the source: the list shows less of a user than the single read.
 * @throws ConnectorError `connectorIO` for a resource without id or userName.
 */
export function toFoundScimUser(source: 'scimList' | 'scimUser', resource: Json): FoundObject {
  checkRecord(resource, scimUserFault, 'A user');
  const [uid = '', name = ''] = [textAt(resource, 'id'), textAt(resource, 'userName')];
  return { uid, name, records: new Map([[source, scimUser(resource)]]) };
}

/** The source of a user's role and licences. */
export const resource: ReadonlySet<string> = new Set(['scimUser']);

/** The sources that writes need. */
export const resourceToWrite: ReadonlySet<string> = new Set([...resource, provenStatus]);

/** The SCIM record of a found user; `undefined` for a user whom only REST shows, who is pending. */
export function scimUserOf({ records }: FoundObject): ScimUser | undefined {
  return (records.get('scimUser') ?? records.get('scimList')) as ScimUser | undefined;
}

/** The status that a resource shows; `undefined` when it shows none. */
export function statusInResource(resource: Json): UserStatus | undefined {
  const [active] = read.boolean('active')(resource) ?? [];
  if (active === undefined) return undefined;
  return active === true ? 'active' : 'inactive';
}

/**
 * The status of a found user; `undefined` when no record shows it. A user whom only REST shows is pending, or REST
 * shows another status.
 */
export function scimStatusOf(found: FoundObject): UserStatus | undefined {
  const shown = ['scimUser', 'scimList']
    .map((source) => found.records.get(source) as ScimUser | undefined)
    .map((user) => (user === undefined ? undefined : statusInResource(user.resource)))
    .find((status) => status !== undefined);
  if (shown === undefined) return statusOf(found);
  const [recent = shown] = found.written?.over('STATUS', [shown]) ?? [];
  return recent === 'inactive' ? 'inactive' : 'active';
}

/**
 * The status of a user whom a write found.
 * @throws ConnectorError `connectorIO` when it is not known.
 */
export function knownScimStatus(found: FoundObject): UserStatus {
  const status = scimStatusOf(found);
  if (status === undefined) throw unknownStatus();
  return status;
}

/** The resource with a field set. */
export function withField(resource: Json, [first, second]: FieldPath, value: unknown): Json {
  const member = extensions[first] ?? first;
  return {
    ...resource,
    [member]: second === undefined ? value : { ...asObject(resource[member]), [second]: value },
  };
}

/** The resource without some members of Zoom's extension. */
export function withoutZoomMembers(resource: Json, members: ReadonlySet<string>): Json {
  if (members.size === 0 || resource[urns.zoomUser] === undefined) return resource;
  const kept = Object.entries(asObject(resource[urns.zoomUser])).filter(([member]) => !members.has(member));
  return { ...resource, [urns.zoomUser]: Object.fromEntries(kept) };
}

/** The resource with `schemas` that name the extensions it uses, unknown ones included. */
export function withSchemas(resource: Json): Json {
  const used = Object.keys(resource).filter((member) => /^urn:/i.test(member));
  return { ...resource, schemas: [urns.user, ...used] };
}
