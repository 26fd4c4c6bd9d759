import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Reader, Source } from '../../connector/object-class/reading.js';
import type { Binding } from '../kit/binding.js';
import { asList, read, textAt } from '../kit/json.js';
import type { PageSize } from '../kit/page-size.js';
import type { GroupAttribute } from './attributes.js';

/** Zoom's largest page of members, and that of older accounts; https://developers.zoom.us/docs/api/users/#tag/groups */
export const memberPage: PageSize = { list: 'members', largest: 2000, older: 300 };

const hasManyMembers = ({ records }: FoundObject): boolean => {
  return Number(textAt(records.get('group'), 'total_members') ?? 0) > memberPage.largest;
};

/** The sources of groups, the cheapest first. Members and administrators cost further calls per group. */
export const groupSources = {
  group: { reach: 'list', use: 'both' },
  members: { reach: 'named', use: 'both', isLong: hasManyMembers },
  admins: { reach: 'named', use: 'both' },
} as const satisfies Record<string, Source>;

type GroupSource = keyof typeof groupSources;
export type GroupStep = 'name' | 'members' | 'admins';

/** Reads one value from each row of a complete list. */
export function eachRow(field: string): Reader {
  return (rows) => asList(rows).flatMap((row) => read.text(field)(row) ?? []);
}

/** The readers and steps of each group attribute. */
export const groupBindings: Readonly<Record<GroupAttribute, Binding<GroupSource, GroupStep>>> = {
  __NAME__: { read: { group: read.text('name') }, steps: ['name'], createField: 'name' },
  TOTAL_MEMBERS: { read: { group: read.integer('total_members') } },
  MEMBER_IDS: { read: { members: eachRow('id') }, steps: ['members'] },
  ADMIN_EMAILS: { read: { admins: eachRow('email') }, steps: ['admins'] },
};
