import { describe, expect, it } from '@jest/globals';
import { type SegmentKind, segments } from '../../../src/zoom/kit/segments.js';

const id = 'KDcuGIm1QgePTO8WbOqwIQ';
const address = 'jill+x@example.com';
const words = ['', 'me', 'ME', '.', '..', 'summary', 'email', 'zpk'];
const paths = ['a/b', 'a\\b', '../x@example.com', 'x/./y@example.com', 'x@example.com/..', '\ud800', 'a\n'];

/** Every kind of value in a path: what it accepts, and what it refuses beside fixed words and parts of paths. */
const kinds: Readonly<Record<SegmentKind, { good: readonly string[]; bad: readonly string[] }>> = {
  userId: {
    good: [id, 'a/b+c=aaaaaaaaaaaaaaaa', address],
    bad: ['a'.repeat(19), `${'a'.repeat(400)}@b.c`, '@'],
  },
  memberId: { good: [id, address], bad: ['a'.repeat(41), 'a b@example.com', 'x@'] },
  groupId: { good: [id], bad: [address, 'a'.repeat(19), 'a'.repeat(41)] },
  roleId: { good: [id, '0', '1', '2'], bad: ['3', '00', address] },
  siteId: { good: [id, '8f71O6rWT8KFUGQmJIFAdQ'], bad: ['0', address, 'main site'] },
  employeeId: { good: ['E 7', '0042', 'a@b', 'x'.repeat(320)], bad: [' x', 'x ', '...', 'x'.repeat(321)] },
  phoneNumberId: { good: ['+12095550100', '12095550100', id], bad: ['+', '+1 209', '1+2', address] },
  planType: { good: ['200', '31005'], bad: ['+200', '2.5', '-1', id] },
};

describe.each(Object.entries(kinds))('%s', (name, { bad, good }) => {
  const { accepts } = segments[name as SegmentKind];

  it.each(good)('accepts %j', (value) => {
    expect(accepts(value)).toBe(true);
  });

  it.each([...bad, ...words, ...paths])('refuses %j', (value) => {
    expect(accepts(value)).toBe(false);
  });
});

it('tells uids of objects from values of attributes', () => {
  const named = (names: 'object' | 'value') =>
    Object.entries(segments).flatMap(([name, segment]) => (segment.names === names ? [name] : []));
  expect(named('object')).toEqual(['userId', 'memberId', 'groupId', 'roleId', 'siteId']);
  expect(named('value')).toEqual(['employeeId', 'phoneNumberId', 'planType']);
});
