import { describe, expect, it } from '@jest/globals';
import { startVerifying } from './verifying.js';
import { replace } from '../support/deltas.js';

const members = '/groups/{groupId}/members';
const member = `${members}/{memberId}`;

const ignoredGroups = [{ code: 'WRITE_IGNORED', attributes: ['GROUP_IDS'] }];
const ignoredMembers = [{ code: 'WRITE_IGNORED', attributes: ['MEMBER_IDS'] }];

describe('a group of a user', () => {
  it('that Zoom does not give is reported; groups of others do not matter', async () => {
    const warn = await startVerifying('warn');
    const { fixture } = warn;
    const [user, kept, given] = [fixture.user(), fixture.group(), fixture.group()];
    fixture.join(kept, user);
    warn.service.calls();
    expect(
      await warn.update('ZoomUser', user.id, { name: 'GROUP_IDS', valuesToAdd: [given.id] }),
    ).toMatchObject({
      body: { warnings: [] },
    });
    expect(warn.service.calls()).toHaveLength(3);
    warn.ignore('POST', members);
    const other = fixture.group();
    expect(
      await warn.update('ZoomUser', user.id, { name: 'GROUP_IDS', valuesToAdd: [other.id] }),
    ).toMatchObject({
      status: 200,
      body: { warnings: ignoredGroups },
    });
    expect(user.groups).toEqual([kept, given]);
  });

  it('that Zoom does not take away is reported', async () => {
    const fail = await startVerifying('fail');
    const [user, group] = [fail.fixture.user(), fail.fixture.group()];
    fail.fixture.join(group, user);
    fail.ignore('DELETE', member);
    expect(await fail.update('ZoomUser', user.id, replace('GROUP_IDS'))).toMatchObject({
      status: 412,
      body: { applied: [], notApplied: ['GROUP_IDS'] },
    });
  });

  it.each([
    [['/group_id'], ignoredGroups],
    [[], ignoredGroups],
    [undefined, []],
  ])('of a pending user is read back, too (%j)', async (fields, warnings) => {
    const warn = await startVerifying('warn');
    const [user, group] = [warn.fixture.user('pending'), warn.fixture.group()];
    if (fields !== undefined) warn.ignore('PATCH', '/users/{userId}', ...fields);
    expect(
      await warn.update('ZoomUser', user.id, { name: 'GROUP_IDS', valuesToAdd: [group.id] }),
    ).toMatchObject({
      status: 200,
      body: { warnings },
    });
    expect(user.groups.includes(group)).toBe(fields === undefined);
  });
});

describe('a member of a group', () => {
  it('that Zoom does not take is reported', async () => {
    const warn = await startVerifying('warn');
    const [user, group] = [warn.fixture.user(), warn.fixture.group()];
    warn.ignore('POST', members);
    expect(
      await warn.update('ZoomGroup', group.id, { name: 'MEMBER_IDS', valuesToAdd: [user.id] }),
    ).toMatchObject({
      status: 200,
      body: { warnings: ignoredMembers },
    });
    expect(group.members).toEqual([]);
  });

  it('that Zoom does not let go is reported', async () => {
    const warn = await startVerifying('warn');
    const [user, group] = [warn.fixture.user(), warn.fixture.group()];
    warn.fixture.join(group, user);
    warn.ignore('DELETE', member);
    expect(await warn.update('ZoomGroup', group.id, replace('MEMBER_IDS'))).toMatchObject({
      body: { warnings: ignoredMembers },
    });
  });

  it.each(['active', 'inactive', 'pending'] as const)(
    'who is %s is read from the user, with one read each',
    async (status) => {
      const fail = await startVerifying('fail');
      const [user, group] = [fail.fixture.user(status), fail.fixture.group()];
      fail.service.calls();
      const add = { name: 'MEMBER_IDS', valuesToAdd: [user.id] };
      expect(await fail.update('ZoomGroup', group.id, add)).toMatchObject({
        status: 200,
        body: { warnings: [] },
      });
      const read = `GET /v2/users/${user.id} 200`;
      const calls = fail.service.calls();
      expect([calls[0], ...calls.slice(2)]).toEqual([read, read]);
    },
  );
});

describe('a group', () => {
  it('whose new name Zoom ignores is reported', async () => {
    const fail = await startVerifying('fail');
    const group = fail.fixture.group();
    fail.ignore('PATCH', '/groups/{groupId}');
    expect(await fail.update('ZoomGroup', group.id, replace('__NAME__', 'Another'))).toMatchObject({
      status: 412,
      body: { applied: [], notApplied: ['__NAME__'] },
    });
  });

  it('is seen as it is, not as it was written a moment ago', async () => {
    const warn = await startVerifying('warn');
    const group = warn.fixture.group();
    const rename = () => warn.update('ZoomGroup', group.id, replace('__NAME__', 'Ours'));
    expect(await rename()).toMatchObject({ body: { warnings: [] } });
    warn.service.simulator.state.groups.rename(group, 'Theirs');
    warn.ignore('PATCH', '/groups/{groupId}');
    expect(await rename()).toMatchObject({
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['__NAME__'] }] },
    });
  });

  it('is made with its members, read back', async () => {
    const fail = await startVerifying('fail');
    const [user, invited] = [fail.fixture.user(), fail.fixture.user('pending')];
    const attributes = { __NAME__: 'New', MEMBER_IDS: [user.id, invited.id], ADMIN_EMAILS: [user.id] };
    expect(await fail.create('ZoomGroup', attributes)).toMatchObject({ status: 201, body: { warnings: [] } });
    fail.ignore('POST', members);
    const other = { __NAME__: 'Other', MEMBER_IDS: [user.id, invited.id] };
    expect(await fail.create('ZoomGroup', other)).toMatchObject({
      status: 503,
      body: { applied: ['__NAME__'], notApplied: ['MEMBER_IDS'] },
    });
  });

  it('whose administrators Zoom ignores is reported, whatever they are called', async () => {
    const warn = await startVerifying('warn');
    const [first, second, group] = [warn.fixture.user(), warn.fixture.user(), warn.fixture.group()];
    const add = (...valuesToAdd: string[]) =>
      warn.update('ZoomGroup', group.id, { name: 'ADMIN_EMAILS', valuesToAdd });
    const remove = (...valuesToRemove: string[]) =>
      warn.update('ZoomGroup', group.id, { name: 'ADMIN_EMAILS', valuesToRemove });
    expect(await add(first.id, second.email.toUpperCase())).toMatchObject({ body: { warnings: [] } });
    warn.ignore('DELETE', '/groups/{groupId}/admins/{userId}');
    const ignored = { body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['ADMIN_EMAILS'] }] } };
    expect(await remove(first.id)).toMatchObject(ignored);
    expect(await remove(second.email)).toMatchObject(ignored);
    warn.service.simulator.faults.clear();
    expect(await remove(first.id, second.email)).toMatchObject({ body: { warnings: [] } });
    expect(group.admins).toEqual([]);
  });
});
