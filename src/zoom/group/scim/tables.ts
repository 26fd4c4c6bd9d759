import type { ReadingTable, Source } from '../../../connector/object-class/reading.js';
import type { AttributeDeclaration } from '../../../connid/attribute.js';
import { type Binding, readersOf, stepsOf } from '../../kit/binding.js';
import { asObject, read } from '../../kit/json.js';
import { bareScimGroupAttributes, type ScimGroupAttribute, scimGroupAttributes } from '../attributes.js';
import { urns } from '../../kit/scim.js';
import { eachRow, groupSources } from '../bindings.js';

/**
 * The sources of groups. The rows of SCIM's list contain all that SCIM knows. Other attributes need REST calls per
 * group and are read only when requested by name.
 */
const sources = {
  ...groupSources,
  /** The group over REST, for the number of its members. */
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

/** The tables of a group class over SCIM. */
interface ScimGroupTables {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  readonly table: ReadingTable;
  readonly stepsOf: (attribute: string) => readonly string[];
}

/** @param fallback - uses REST for data that SCIM cannot see. */
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
