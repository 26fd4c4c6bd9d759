import type { Session } from '../../connector/object-class/call.js';
import type { Body } from '../../connector/object-class/endpoint.js';
import type { Reader } from '../../connector/object-class/reading.js';
import type { AttributeDeclaration, Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Binding } from '../kit/binding.js';
import { type Catalogue, createCatalogue } from '../kit/catalogue.js';
import { asList, at, type Json, objectsAt, read, textAt } from '../kit/json.js';
import { userAttributes } from './attributes.js';
import { userRestBindings } from './bindings.js';
import { listUsers, userPage, type UserPageSettings } from './calls.js';

/** A custom attribute of the Zoom account and the name under which it is exposed. */
export interface CustomAttribute {
  /** Display name in Zoom. */
  readonly name: string;
  /** Attribute name here, `CUSTOM_…`. */
  readonly attribute: string;
}

/** The user's attribute and binding tables with a row for each custom attribute. */
interface UserTables {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
  /** Query parameter that makes the rows of the list carry custom attributes. */
  readonly includeFields?: string;
}

/** State that writing a user's custom attributes needs. */
export interface CustomState {
  readonly attributes: readonly CustomAttribute[];
  /** `custom_attributes` of the user's record. */
  readonly held: readonly unknown[];
  /** Keys by name, for attributes that the user's record lacks. */
  readonly keys: Json;
}

/**
 * The field that writes custom attributes. Zoom replaces the whole list, so unchanged values are sent along.
 * @returns no field when none changes.
 * @throws ConnectorError `preconditionFailed` for an attribute whose key is not known.
 */
export function customAttributesBody(
  changes: ReadonlyMap<string, ResolvedChange>,
  { attributes, held, keys }: CustomState,
): Body {
  const changed = attributes.flatMap(({ attribute, name }) => {
    const change = changes.get(attribute);
    if (change === undefined) return [];
    const key = textAt(entryNamed(name, held), 'key') ?? keys[name];
    if (typeof key !== 'string') throw unknownKey(attribute, name);
    return [{ key, name, value: change.after[0] ?? '' }];
  });
  if (changed.length === 0) return {};
  const kept = held.filter(
    (entry) =>
      textAt(entry, 'value') !== undefined && !changed.some(({ key }) => key === textAt(entry, 'key')),
  );
  return { custom_attributes: [...kept, ...changed] };
}

function unknownKey(attribute: string, name: string): ConnectorError {
  return new ConnectorError(
    'preconditionFailed',
    `The key of ${attribute} is not known: Zoom lists only those of values.`,
    {
      hint: `Give one active user a value of "${name}" in Zoom's portal, and check that the attribute has that name there.`,
    },
  );
}

/** Extends the user's tables. Custom attributes are read from list rows and the single user alike. */
export function withCustomAttributes(custom: readonly CustomAttribute[]): UserTables {
  if (custom.length === 0) return { attributes: userAttributes, bindings: userRestBindings };
  const attributes = custom.map(({ name, attribute }): [string, AttributeDeclaration] => [
    attribute,
    { type: 'String', description: `Custom attribute "${name}" of Zoom.` },
  ]);
  const bindings = custom.map(({ name, attribute }): [string, Binding<string, string>] => {
    const reader = customReader(name);
    return [attribute, { read: { user: reader, userList: reader }, steps: ['profile'] }];
  });
  return {
    attributes: { ...userAttributes, ...Object.fromEntries(attributes) },
    bindings: { ...userRestBindings, ...Object.fromEntries(bindings) },
    includeFields: 'custom_attributes',
  };
}

function customReader(name: string): Reader {
  return (record): Values => {
    const entry = entryNamed(name, objectsAt(record, 'custom_attributes'));
    return entry === undefined ? [] : (read.text('value')(entry) ?? []);
  };
}

function entryNamed(name: string, entries: readonly unknown[]): unknown {
  return entries.find((entry) => textAt(entry, 'name') === name);
}

/** Keys of custom attributes by their names in Zoom. */
export type CustomKeys = Catalogue<Json>;

/**
 * Zoom has no list of the defined custom attributes. We learn their keys from users who have values: one page of the
 * list of active users.
 * @param pageSize - rows asked of Zoom; with `auto` as many as every account grants.
 * @param now - milliseconds, for the age of what is known.
 */
export function createCustomKeys(pageSize: UserPageSettings['pageSize'], now: () => number): CustomKeys {
  const size = pageSize === 'auto' ? userPage.older : pageSize;
  return createCatalogue((session) => readKeys(size, session), now);
}

async function readKeys(pageSize: number, session: Session): Promise<Json> {
  const call = listUsers({ status: 'active', page_size: pageSize, include_fields: 'custom_attributes' });
  const page = await session.send({ ...call, why: 'learn the keys of custom attributes' });
  return Object.fromEntries(asList(at(page, 'users')).flatMap(keysOf));
}

/** Names and keys of the custom attributes in the record of a user. */
function keysOf(record: unknown): readonly (readonly [string, string])[] {
  return asList(at(record, 'custom_attributes')).flatMap((entry) => {
    const name = textAt(entry, 'name');
    const key = textAt(entry, 'key');
    return name === undefined || key === undefined ? [] : [[name, key] as const];
  });
}

/** The names of changed custom attributes whose key is not in the user's own record. */
export function namesWithoutKey(
  changes: readonly ResolvedChange[],
  custom: readonly CustomAttribute[],
  record: unknown,
): readonly string[] {
  const known = new Map(keysOf(record));
  return custom
    .filter(
      ({ attribute, name }) => changes.some((change) => change.attribute === attribute) && !known.has(name),
    )
    .map(({ name }) => name);
}
