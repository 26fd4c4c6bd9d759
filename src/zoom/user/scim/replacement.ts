import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { Reader } from '../../../connector/object-class/reading.js';
import type { Attributes, Values } from '../../../connid/attribute.js';
import { changeTo, type ResolvedChange } from '../../../connid/delta.js';
import { type Json, read, textAt } from '../../kit/json.js';
import { urns } from '../../kit/scim.js';
import type { UserAttribute } from '../attributes.js';
import { scimUserBindings } from './bindings.js';
import type { CarriedGroups } from './group-ids.js';
import {
  entriesOf,
  nameOf,
  type ScimUser,
  scimUserOf,
  withField,
  withoutZoomMembers,
  withSchemas,
} from './resource.js';
import type { ScimField, ScimUserTables } from './tables.js';

/** Members that Zoom keeps itself; an address changes by `emails`. */
const kept: readonly string[] = ['id', 'meta', 'userName', urns.login];

/** The user as it was read, with what is known beyond the records. */
export interface Present {
  readonly found: FoundObject;
  readonly user: ScimUser;
  readonly groups: CarriedGroups;
}

type Setting = readonly [field: ScimField, values: Values];

/**
 * The whole resource of a user with changes in it. Zoom does not say whether a PUT replaces the user or merges into
 * it, so the resource leaves nothing out: the values of the read, values written in the last seconds that the read does
 * not show yet, and title and locale, which SCIM takes but does not return, from the record of REST.
 * @param changes - new values by attribute.
 */
export function replacementOf(present: Present, changes: Attributes, tables: ScimUserTables): Json {
  const { found, user } = present;
  const told = Object.entries(user.resource).filter(([member]) => !kept.includes(member));
  const base: Json = {
    ...Object.fromEntries(told),
    ...memberships(present),
    ...hiddenFields(found),
    active: true,
  };
  const given = settings(changes, tables);
  const others = writtenLately(found, user, tables).filter(([name]) => !changes.has(name));
  const late = without(displacedBy(given), settings(new Map(others), tables));
  const displaced = displacedBy([...late, ...given]);
  const set = [...late, ...given].filter(
    ([field, values]) => values.length > 0 || !isAmong(displaced, field),
  );
  const resource = set.reduce(
    (body, [{ encode, path }, values]) => withField(body, path, encode(values)),
    withoutZoomMembers(base, displaced),
  );
  return withSchemas(resource);
}

/** Values written to the user a moment ago, where the read returned others. */
function writtenLately(
  found: FoundObject,
  user: ScimUser,
  { bindings, fields }: ScimUserTables,
): [name: string, values: Values][] {
  return Object.keys(fields).flatMap((name): [string, Values][] => {
    const told = bindings[name]?.read?.['scimUser']?.(user);
    const over = told === undefined ? undefined : found.written?.over(name, told);
    return over === undefined || over === told ? [] : [[name, over]];
  });
}

function settings(attributes: Attributes, { fields }: ScimUserTables): readonly Setting[] {
  return [...attributes].flatMap(([name, values]): Setting[] => {
    const field = fields[name];
    return field === undefined ? [] : [[field, values]];
  });
}

/** The members of the extension that changes displace. */
export function displacedMembers(changes: Attributes, tables: ScimUserTables): ReadonlySet<string> {
  return displacedBy(settings(changes, tables));
}

function displacedBy(given: readonly Setting[]): ReadonlySet<string> {
  return new Set(given.flatMap(([{ displaces }, values]) => (values.length > 0 ? displaces : [])));
}

function without(displaced: ReadonlySet<string>, given: readonly Setting[]): readonly Setting[] {
  return given.filter(([field]) => !isAmong(displaced, field));
}

function isAmong(members: ReadonlySet<string>, { path: [first, second] }: ScimField): boolean {
  return first === 'zoom' && second !== undefined && members.has(second);
}

/** Roles and groups as lists. A read may not show yet what other calls wrote to them a moment ago. */
function memberships({ found, groups, user: { resource } }: Present): Json {
  const listed = entriesOf({ resource }, 'groups');
  const held = (name: string): Json =>
    listed.find((entry) => nameOf(entry) === name) ?? { value: name, display: name, type: 'direct' };
  const known = { told: listed, unknown: undefined };
  return {
    ...rolesOf(found, resource),
    groups: typeof groups === 'string' ? known[groups] : groups.map(held),
  };
}

/**
 * A role given by its id over REST is carried by the name that REST returns. Before REST shows it, no role is carried.
 */
function rolesOf({ records, written }: FoundObject, resource: Json): Json {
  const [roleId] = written?.over('ROLE_ID', []) ?? [];
  if (roleId === undefined) return { roles: entriesOf({ resource }, 'roles') };
  const rest = records.get('user');
  const value = textAt(rest, 'role_id') === roleId ? textAt(rest, 'role_name') : undefined;
  return value === undefined ? { roles: undefined } : { roles: [{ value, display: value, primary: true }] };
}

const hidden = { title: ['JOB_TITLE', 'job_title'], locale: ['LOCATION', 'location'] } as const;

function hiddenFields({ records, written }: FoundObject): Json {
  const rest = records.get('user');
  if (rest === undefined) return {};
  const told = Object.entries(hidden).map(([member, [attribute, field]]) => {
    const values = read.text(field)(rest) ?? [];
    const over = written?.over(attribute, values) ?? values;
    return [member, over[0] ?? (over === values ? undefined : '')];
  });
  return Object.fromEntries(told) as Json;
}

/** The resource of a new user with the fields of the attributes, for a user who signs on by SSO. */
export function newResource(attributes: Attributes, { fields }: ScimUserTables): Json {
  const login = withField({}, ['login', 'loginType'], { workEmail: false, sso: true });
  const resource = [...attributes].reduce((body, [name, values]) => {
    const field = name === '__NAME__' ? undefined : fields[name];
    return field === undefined ? body : withField(body, field.path, field.encode(values));
  }, login);
  return withSchemas({ ...resource, userName: String(attributes.get('__NAME__')?.[0]) });
}

/**
 * The changes that REST must write again after a PUT over SCIM, because SCIM carries less: contact numbers have no
 * country there.
 * @returns no changes where REST may not be used.
 */
export function rewritesAfterPut(
  found: FoundObject,
  { bindings, lossyOverScim: coarsened }: ScimUserTables,
): readonly ResolvedChange[] {
  const [user, rest] = [scimUserOf(found), found.records.get('user')];
  if (user === undefined || rest === undefined) return [];
  return coarsened.flatMap((attribute) => {
    const told = bindings[attribute]?.read?.['user']?.(rest) ?? [];
    const after = found.written?.over(attribute, told) ?? told;
    const carried = scimReader(attribute)?.(user) ?? [];
    const same = new Set(carried);
    const isTheSame = after.length === carried.length && after.every((value) => same.has(value));
    return isTheSame ? [] : [changeTo(attribute, after)];
  });
}

function scimReader(attribute: UserAttribute): Reader | undefined {
  const row = scimUserBindings[attribute];
  return row === 'rest' ? undefined : row.read?.scimUser;
}
