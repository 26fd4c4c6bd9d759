import type { Source } from '../../../connector/object-class/reading.js';
import type { AttributeDeclaration, Values } from '../../../connid/attribute.js';
import type { Binding } from '../../kit/binding.js';
import { type UserAttribute, userAttributes } from '../attributes.js';
import { userRestBindings, userSources } from '../bindings.js';
import { type CustomAttribute, withCustomAttributes } from '../custom-attributes.js';
import {
  extensionReader,
  type ScimRow,
  scimUserBindings,
  scimUserSources,
  switchReader,
} from './bindings.js';
import { catalogue, type CatalogueRow, familyOf } from './licence-catalogue.js';
import type { FieldPath } from './resource.js';

/** A field of the SCIM resource and how values become its JSON. */
export interface ScimField {
  readonly path: FieldPath;
  readonly encode: (values: Values) => unknown;
  /** Members of the extension that are not sent along with a value of this one. */
  readonly displaces: readonly string[];
  /** True for a request that must not be repeated, such as one for the next free extension. */
  readonly once: boolean;
  /** Fields of a family mean something only together, such as a licence and the subscription it comes from. */
  readonly family: string;
}

/** The tables of `ZoomUser` over SCIM. */
export interface ScimUserTables {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
  readonly sources: Readonly<Record<string, Source>>;
  /** The attributes that are fields of the resource. */
  readonly fields: Readonly<Record<string, ScimField>>;
  /** Attributes left to REST that the resource carries all the same, with less than REST returns. */
  readonly lossyOverScim: readonly UserAttribute[];
}

/** The step that replaces the resource. */
export const resourceStep = 'resource';

/** REST's list of users is walked for pending users alone, so nothing is planned from it. */
const restSources = Object.fromEntries(Object.entries(userSources).filter(([name]) => name !== 'userList'));

/**
 * The tables of `ZoomUser` over SCIM: the attributes of SCIM and, where REST may be used, those of REST alone.
 * @param fallback - whether REST may be used.
 */
export function scimUserTables(custom: readonly CustomAttribute[], fallback: boolean): ScimUserTables {
  const rest = withCustomAttributes(custom);
  const names = Object.keys(userAttributes) as UserAttribute[];
  const rows = [
    ...names.flatMap((name) => userRow(name, fallback) ?? []),
    ...catalogue.map(catalogueRow),
    ...custom.map(({ attribute, name }) => ({
      name: attribute,
      declaration: rest.attributes[attribute] ?? { type: 'String' as const, description: name },
      row: { read: { scimUser: extensionReader(name) }, field: ['zoom', name] as const },
    })),
  ];
  const bindings = rows.map(({ name, row }) => [name, bindingOf(row, fallback ? rest.bindings[name] : {})]);
  return {
    attributes: Object.fromEntries(rows.map(({ declaration, name }) => [name, declaration])),
    bindings: Object.fromEntries(bindings) as ScimUserTables['bindings'],
    sources: { ...scimUserSources, ...(fallback && restSources) },
    fields: Object.fromEntries(rows.flatMap(({ name, row }) => (isScim(row) ? fieldOf(name, row) : []))),
    lossyOverScim: fallback ? names.filter(isCoarsened) : [],
  };
}

/** Members of Zoom's extension that have attributes of their own: a custom attribute of the same name would clash. */
export const ownMembers: ReadonlySet<string> = new Set([
  ...Object.values(scimUserBindings).flatMap((row) =>
    row !== 'rest' && row.field?.[0] === 'zoom' && row.field[1] !== undefined ? [row.field[1]] : [],
  ),
  ...catalogue.flatMap(({ displaces = [], member }) => [member, ...displaces]),
]);

function isCoarsened(name: UserAttribute): boolean {
  const row = scimUserBindings[name];
  return row !== 'rest' && row.leaveToRest === true && row.field !== undefined;
}

interface TableRow {
  readonly name: string;
  readonly declaration: AttributeDeclaration;
  readonly row: ScimRow | RestBinding;
}

type RestBinding = Binding<string, string> & { readonly restOnly: true };

function isScim(row: TableRow['row']): row is ScimRow {
  return !('restOnly' in row);
}

/** @returns `undefined` when SCIM has no such attribute and REST may not be used. */
function userRow(name: UserAttribute, fallback: boolean): TableRow | undefined {
  const row = scimUserBindings[name];
  const declaration = userAttributes[name];
  const isRest = row === 'rest' || (row.leaveToRest === true && fallback);
  if (isRest && !fallback) return undefined;
  if (isRest) return { name, declaration: restDeclarations[name] ?? declaration, row: restRow(name) };
  const bare = fallback ? undefined : bareDeclarations[name];
  const own = bare ?? row.declaration ?? declaration;
  const isReadable = row.read !== undefined || fallback;
  return { name, declaration: isReadable ? own : { ...own, readable: false }, row };
}

/** Declarations of attributes of which SCIM alone shows less. */
const bareDeclarations: Readonly<Record<string, AttributeDeclaration>> = {
  __ENABLE__: { ...userAttributes.__ENABLE__, description: 'Whether the user may sign in.' },
  STATUS: {
    ...userAttributes.STATUS,
    description: 'active or inactive. SCIM does not show pending users, so none is ever listed.',
  },
};

/** Users who sign on by SSO have no password; others may be given one. */
const restDeclarations: Readonly<Record<string, AttributeDeclaration>> = {
  __PASSWORD__: {
    ...userAttributes.__PASSWORD__,
    creatable: false,
    description: 'Password of a work e-mail login.',
  },
};

/** The binding of an attribute that only REST has: no create over SCIM takes it. */
function restRow(name: UserAttribute): RestBinding {
  const { createField: _, ...binding } = userRestBindings[name];
  return { ...binding, restOnly: true };
}

function catalogueRow(row: CatalogueRow): TableRow {
  const { attribute, clearable, description, displaces, member, type, writeOnly } = row;
  const reader = type === 'Boolean' ? switchReader(member) : extensionReader(member);
  const isUntold = writeOnly === true;
  return {
    name: attribute,
    declaration: {
      type,
      description,
      ...(clearable !== true && { clearable: false as const }),
      ...(isUntold && { readable: false as const }),
    },
    row: {
      field: ['zoom', member],
      ...(isUntold ? { once: true as const } : { read: { scimUser: reader } }),
      ...(displaces !== undefined && { displaces }),
    },
  };
}

function bindingOf(row: TableRow['row'], rest: Binding<string, string> = {}): Binding<string, string> {
  if (!isScim(row)) return row;
  const steps = row.steps ?? (row.field === undefined ? undefined : [resourceStep]);
  return { read: { ...row.read, ...rest.read }, ...(steps !== undefined && { steps }) };
}

function fieldOf(name: string, { displaces = [], encode, field, once }: ScimRow): [string, ScimField][] {
  if (field === undefined) return [];
  const written = encode ?? (([value]: Values) => value ?? '');
  const [extension, member = ''] = field;
  const family = extension === 'zoom' && ownMembers.has(member) ? familyOf(member) : name;
  return [[name, { path: field, encode: written, displaces, once: once === true, family }]];
}
