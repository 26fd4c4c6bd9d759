import { expect, it } from '@jest/globals';
import type { ResolvedChange } from '../../../../src/connid/delta.js';
import { noOutcome } from '../../../../src/connector/writes/execute-plan.js';
import { emptyPlan } from '../../../../src/connector/object-class/plan.js';
import { RecentWrites } from '../../../../src/connector/writes/recent-writes.js';
import { writeRecord } from '../../../../src/connector/writes/write-record.js';
import { createLists } from '../../../../src/zoom/kit/paged-list.js';
import { createScimGroupClass } from '../../../../src/zoom/group/scim/group-class.js';
import { createUserClass } from '../../../../src/zoom/user/user-class.js';
import { usualUsers } from '../../../support/connector-around.js';

it('members that are set as a whole leave no memory of those who were added a moment ago', () => {
  const groups = createScimGroupClass({
    entitlementDeletionEnabled: true,
    lists: createLists({ verifyTotals: true }),
    renamed: {},
    fallback: false,
    nameChanged: () => undefined,
  });
  const recent = new RecentWrites(() => 0);
  const record = writeRecord(recent, [createUserClass(usualUsers, () => 0), groups]);
  const change = { attribute: 'MEMBER_IDS', before: undefined, removed: [], wanted: [] };
  const write = (changes: readonly ResolvedChange[]) => {
    const outcome = { ...noOutcome, applied: ['MEMBER_IDS'] };
    record.updated(groups, 'group', { changes, plan: emptyPlan, outcome });
  };
  const groupsOf = (uid: string) => recent.overlayOf({ objectClass: 'ZoomUser', uid }).over('GROUP_IDS', []);
  write([{ ...change, after: ['one'], added: ['one'] }]);
  expect(groupsOf('one')).toEqual(['group']);
  write([{ ...change, after: ['other'], added: ['other'], replaces: true }]);
  expect([groupsOf('one'), groupsOf('other')]).toEqual([[], ['group']]);
});
