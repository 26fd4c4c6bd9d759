import type { Attributes, Values } from '../../../connid/attribute.js';
import type { FoundObject } from '../../../connector/object-class.js';
import type { Json } from '../../json.js';
import { textAt } from '../../json.js';
import { urns } from '../urns.js';
import { entriesOf, scimUserOf, withField, withSchemas } from './resource.js';
import type { ScimField, ScimUserTables } from './tables.js';

/** Members that Zoom keeps itself; an address changes by `emails`. */
const kept: readonly string[] = ['id', 'meta', 'userName', urns.login];

/**
 * The whole resource of a user with changes in it. Zoom does not say whether a PUT replaces the user or merges into
 * it, so nothing that can be known is left out: what the read told, what was written lately though the read does not
 * tell it yet, and title and locale, which SCIM takes but does not tell, from the record of REST.
 * @param changes - new values by attribute.
 */
export function replacementOf(
  found: FoundObject,
  changes: Attributes,
  { bindings, fields }: ScimUserTables,
): Json {
  const user = scimUserOf(found);
  if (user === undefined) throw new Error('A SCIM user is read before it is replaced');
  const present = Object.entries(user.resource).filter(([member]) => !kept.includes(member));
  const lists = { roles: entriesOf(user.resource['roles']), groups: entriesOf(user.resource['groups']) };
  const base: Json = { ...Object.fromEntries(present), ...lists, ...hiddenFields(found), active: true };
  const lately = Object.entries(fields).flatMap(([name, field]): [ScimField, Values][] => {
    const told = bindings[name]?.read?.['scimUser']?.(user);
    const over = told === undefined ? undefined : found.written?.over(name, told);
    return over === undefined || over === told ? [] : [[field, over]];
  });
  const changed = [...changes].flatMap(([name, values]): [ScimField, Values][] => {
    const field = fields[name];
    return field === undefined ? [] : [[field, values]];
  });
  const resource = [...lately, ...changed].reduce(
    (body, [{ encode, path }, values]) => withField(body, path, encode(values)),
    base,
  );
  return withSchemas(resource);
}

function hiddenFields({ records }: FoundObject): Json {
  const rest = records.get('user');
  const [title, locale] = [textAt(rest, 'job_title'), textAt(rest, 'location')];
  return { ...(title !== undefined && { title }), ...(locale !== undefined && { locale }) };
}

/** The resource of a new user: the fields that the attributes give, for somebody who signs on by SSO. */
export function newResource(attributes: Attributes, { fields }: ScimUserTables): Json {
  const login = withField({}, ['login', 'loginType'], { workEmail: false, sso: true });
  const resource = [...attributes].reduce((body, [name, values]) => {
    const field = name === '__NAME__' ? undefined : fields[name];
    return field === undefined ? body : withField(body, field.path, field.encode(values));
  }, login);
  return withSchemas({ ...resource, userName: String(attributes.get('__NAME__')?.[0]) });
}
