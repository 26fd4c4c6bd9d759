import { isAddress, isEmployeeId, isId, isRoleId } from './forms.js';

/** A kind of value that may stand in the path of a call. */
export interface Segment {
  /** Checks a value before it is encoded: URLs drop `..`, and Zoom gives words such as `me` a meaning of their own. */
  readonly accepts: (value: string) => boolean;
  /** Completes "It is not …" in messages. */
  readonly words: string;
  /**
   * An `object` has a uid: when Zoom does not know it, that object is gone. A `value` belongs to an attribute of
   * something else: when Zoom does not know it, the value is wrong.
   */
  readonly names: 'object' | 'value';
}

const user: Segment = {
  accepts: (value) => isId(value) || isAddress(value),
  words: 'the id or address of a user',
  names: 'object',
};

/**
 * Every kind of value in a path, by the placeholder that stands for it. This is the only list of id kinds: the table of
 * endpoints, the check of paths and the table of errors all read it. A new object class adds a row for its ids.
 */
export const segments = {
  userId: user,
  memberId: user,
  groupId: { accepts: isId, words: 'the id of a group', names: 'object' },
  roleId: { accepts: isRoleId, words: 'the id of a role', names: 'object' },
  siteId: { accepts: isId, words: 'the id of a phone site', names: 'object' },
  employeeId: { accepts: isEmployeeId, words: 'an employee id', names: 'value' },
  phoneNumberId: {
    accepts: (value) => /^\+?\d+$/.test(value) || isId(value),
    words: 'a phone number or the id of one',
    names: 'value',
  },
  planType: { accepts: (value) => /^\d+$/.test(value), words: 'the code of a calling plan', names: 'value' },
} as const satisfies Readonly<Record<string, Segment>>;

/** The placeholders that paths may have. */
export type SegmentKind = keyof typeof segments;

/** True for a placeholder of the table. */
export function isSegmentKind(name: string): name is SegmentKind {
  return Object.hasOwn(segments, name);
}

/** True for the description of a segment. */
export function isSegment(value: unknown): value is Segment {
  return typeof value === 'object' && value !== null && 'accepts' in value && 'names' in value;
}
