import { describe, expect, it } from '@jest/globals';
import { resolveChange, type ResolvedChange } from '../../../src/connid/delta.js';
import type { Session } from '../../../src/connector/object-class/call.js';
import { groupAttributes } from '../../../src/zoom/group/attributes.js';
import { groupView } from '../../../src/zoom/group/group-view.js';
import { groupUpdates } from '../../../src/zoom/group/steps.js';
import { scimGroupUpdates } from '../../../src/zoom/group/scim/steps.js';
import { fakeSession } from '../../support/fake-session.js';
import { linesOf } from '../../support/shown-calls.js';

type Lists = 'ADMIN_EMAILS' | 'MEMBER_IDS';

function partly(attribute: Lists, add: readonly string[], remove: readonly string[] = []): ResolvedChange {
  return resolveChange(groupAttributes[attribute], { attribute, add, remove }, undefined);
}

const renamed = resolveChange(
  groupAttributes.__NAME__,
  { attribute: '__NAME__', replace: ['Team'] },
  undefined,
);
const many = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

/** Users by id: those whose id begins with `p` are pending; those whose id contains `in` are in the group. */
function session(): Session {
  return fakeSession(({ params }) => {
    const id = params?.['userId'] ?? '';
    const status = id.startsWith('p') ? 'pending' : 'active';
    return { id, email: `${id}@example.com`, status, group_ids: id.includes('in') ? ['G'] : [] };
  });
}

const rest = groupUpdates(groupView(groupAttributes, {}));
const scim = scimGroupUpdates(true, {
  stepsOf: (attribute) => [attribute === 'MEMBER_IDS' ? 'members' : 'admins'],
  publicName: (attribute) => attribute,
  nameChanged: () => undefined,
});

async function lines(
  updates: typeof rest,
  ...changes: readonly ResolvedChange[]
): Promise<readonly string[]> {
  const given = changes.map(({ added, attribute, removed }) => ({ attribute, add: added, remove: removed }));
  const planner = updates.planner(given);
  if (planner.needs !== 'nothing') throw new Error('such changes need no read');
  const { steps } = await planner.plan({ uid: 'G', changes, noOps: [], occasion: 'update' }, session());
  return linesOf(steps);
}

describe('the steps of a group update', () => {
  it('rename the group, then change members, then administrators', async () => {
    const planned = await lines(rest, partly('ADMIN_EMAILS', ['a']), partly('MEMBER_IDS', ['u']), renamed);
    expect(planned).toEqual([
      'name: PATCH /groups/G {"name":"Team"}',
      'members: POST /groups/G/members {"members":[{"id":"u"}]}',
      'admins: POST /groups/G/admins {"admins":[{"email":"a@example.com"}]}',
    ]);
  });

  it('add members before others leave, who go one by one', async () => {
    expect(await lines(rest, partly('MEMBER_IDS', ['u1', 'u2'], ['x', 'y']))).toEqual([
      'members: POST /groups/G/members {"members":[{"id":"u1"},{"id":"u2"}]}',
      'members: DELETE /groups/G/members/x',
      'members: DELETE /groups/G/members/y',
    ]);
  });

  it('add 30 members and 10 administrators a call', async () => {
    const sizes = (planned: readonly string[]) =>
      planned.map((line) => line.split(/"id"|"email"/).length - 1);
    expect(sizes(await lines(rest, partly('MEMBER_IDS', many(61))))).toEqual([30, 30, 1]);
    expect(sizes(await lines(rest, partly('ADMIN_EMAILS', many(21))))).toEqual([10, 10, 1]);
  });

  it('make administrators before others are none any more', async () => {
    expect(await lines(rest, partly('ADMIN_EMAILS', ['u'], ['x@example.com']))).toEqual([
      'admins: POST /groups/G/admins {"admins":[{"email":"u@example.com"}]}',
      'admins: DELETE /groups/G/admins/x@example.com',
    ]);
  });

  it('are none for changes that come to nothing', async () => {
    expect(await lines(rest, partly('MEMBER_IDS', ['pin']))).toEqual([]);
  });
});

describe.each([
  ['REST', rest, 'POST /groups/G'],
  ['SCIM', scim, 'PATCH /Groups/G'],
] as const)('members who are pending, over %s', (_, updates, addsOthers) => {
  const join = (id: string) => `members: PATCH /users/${id}@example.com {"group_id":"G"}`;

  it('join by the field of their own that the policy of pending users knows, too', async () => {
    expect(await lines(updates, partly('MEMBER_IDS', ['p1', 'p2']))).toEqual([join('p1'), join('p2')]);
  });

  it('join each by a call, after the others', async () => {
    const [others, ...pending] = await lines(updates, partly('MEMBER_IDS', ['p1', 'u1']));
    expect(others).toContain(addsOthers);
    expect(others).not.toContain('p1');
    expect(pending).toEqual([join('p1')]);
  });

  it('do not join once more', async () => {
    expect(await lines(updates, partly('MEMBER_IDS', ['pin', 'p1']))).toEqual([join('p1')]);
  });
});
