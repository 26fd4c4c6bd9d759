import type { FoundObject } from '../../../connector/object-class/found-object.js';
import { ConnectorError } from '../../../connid/errors.js';
import { asList, asObject, type Json, textAt } from '../../kit/json.js';
import { urns } from '../../kit/scim.js';
import type { UserStatus } from '../user-view.js';

/** A SCIM user as the bindings read it: extensions under short names, roles and groups as lists of names. */
export interface ScimUser {
  /** As Zoom answered it. */
  readonly resource: Json;
  readonly enterprise: Json;
  readonly zoom: Json;
  readonly login: Json;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

/** The place of a field in a SCIM user: an extension by its short name, or members of the resource. */
export type FieldPath = readonly [first: string, second?: string];

const extensions: Readonly<Record<string, string>> = {
  enterprise: urns.enterprise,
  zoom: urns.zoomUser,
  login: urns.login,
};

/** Zoom shows roles and groups as an object in one place and as an array in others; an empty object stands for none. */
export function entriesOf(value: unknown): readonly Json[] {
  const entries = Array.isArray(value) ? asList(value) : [value];
  return entries.map(asObject).filter((entry) => Object.keys(entry).length > 0);
}

/** True if the resource shows one group as an object: it may be one of several. */
export function showsOneGroup(user: ScimUser | undefined): boolean {
  const groups = user?.resource['groups'];
  return !Array.isArray(groups) && entriesOf(groups).length > 0;
}

/** A SCIM user from its resource. */
export function scimUser(resource: Json): ScimUser {
  return {
    resource,
    enterprise: asObject(resource[urns.enterprise]),
    zoom: asObject(resource[urns.zoomUser]),
    login: asObject(asObject(resource[urns.login])['loginType']),
    roles: namesOf(resource['roles']),
    groups: namesOf(resource['groups']),
  };
}

/** The name of a role or group. */
export function nameOf(entry: Json): string | undefined {
  return textAt(entry, 'value') ?? textAt(entry, 'display');
}

function namesOf(value: unknown): readonly string[] {
  return entriesOf(value).flatMap((entry) => nameOf(entry) ?? []);
}

/**
 * A user from a resource.
 * @param source - name of the source: the list shows less of a user than the single read.
 * @throws ConnectorError `connectorIO` for a resource without id or userName.
 */
export function toFoundScimUser(source: 'scimList' | 'scimUser', resource: Json): FoundObject {
  const [uid, name] = [textAt(resource, 'id'), textAt(resource, 'userName')];
  if (uid === undefined || name === undefined) {
    throw new ConnectorError('connectorIO', 'Zoom answered a SCIM user without id or userName.');
  }
  return { uid, name, records: new Map([[source, scimUser(resource)]]) };
}

/** The source that proves a user's status and licences. */
export const resource: ReadonlySet<string> = new Set(['scimUser']);

/** The SCIM record of a found user; `undefined` for a user whom only REST shows, who is pending. */
export function scimUserOf({ records }: FoundObject): ScimUser | undefined {
  return (records.get('scimUser') ?? records.get('scimList')) as ScimUser | undefined;
}

/** The status of a found user. A user whom only REST shows is pending. */
export function scimStatusOf(found: FoundObject): UserStatus {
  const user = scimUserOf(found);
  if (user === undefined) return 'pending';
  const told = user.resource['active'] === false ? 'inactive' : 'active';
  const [status] = found.written?.over('STATUS', [told]) ?? [told];
  return status === 'inactive' ? 'inactive' : 'active';
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
