import type { ReadingTable, Source } from '../../../connector/object-class/reading.js';
import type { AttributeDeclaration } from '../../../connid/attribute.js';
import { type Binding, readersOf, stepsOf } from '../../kit/binding.js';
import { asObject, read } from '../../kit/json.js';
import { bareScimGroupAttributes, type ScimGroupAttribute, scimGroupAttributes } from '../attributes.js';
import { urns } from '../../kit/scim-pages.js';
import { eachRow, groupSources } from '../bindings.js';

/**
 * Where groups are read from. The rows of SCIM's list tell all that SCIM knows; the rest comes over REST, at the cost of
 * calls per group, so that only those who name an attribute of it pay them.
 */
const sources = {
  ...groupSources,
  /** The group as REST shows it, for the number of its members. */
  restGroup: { reach: 'named', use: 'both' },
} as const satisfies Record<string, Source>;

type ScimGroupSource = keyof typeof sources;

export type ScimGroupStep = 'group' | 'members' | 'admins';

type ScimGroupBinding = Binding<ScimGroupSource, ScimGroupStep>;

const bareBindings = {
  __NAME__: { read: { group: read.text('displayName') }, steps: ['group'] },
  EMAIL_ALIAS: {
    read: { group: (resource) => read.text('emailAlias')(asObject(resource)[urns.zoomGroup]) },
    steps: ['group'],
  },
  MEMBER_IDS: { steps: ['members'] },
} as const satisfies Record<keyof typeof bareScimGroupAttributes, ScimGroupBinding>;

const bindings: Readonly<Record<ScimGroupAttribute, ScimGroupBinding>> = {
  ...bareBindings,
  TOTAL_MEMBERS: { read: { restGroup: read.integer('total_members') } },
  MEMBER_IDS: { ...bareBindings.MEMBER_IDS, read: { members: eachRow('id') } },
  ADMIN_EMAILS: { read: { admins: eachRow('email') }, steps: ['admins'] },
};

/** Everything a group class over SCIM is made of. */
interface ScimGroupTables {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  readonly table: ReadingTable;
  readonly stepsOf: (attribute: string) => readonly string[];
}

/** @param fallback - whether REST may be used for what SCIM can not see. */
export function scimGroupTables(fallback: boolean): ScimGroupTables {
  const rows: Readonly<Record<string, ScimGroupBinding>> = fallback ? bindings : bareBindings;
  return {
    attributes: fallback ? scimGroupAttributes : bareScimGroupAttributes,
    table: {
      sources: fallback ? sources : { group: sources.group },
      readers: readersOf(rows),
    },
    stepsOf: stepsOf(rows),
  };
}
