import { describe, expect, it } from '@jest/globals';
import { startVerifying } from '../../../faults/verifying.js';
import { replace } from '../../../support/deltas.js';

const settings = (scimFallback: boolean) => ({ service: { api: 'scim', scimFallback } });
const group = '/scim2/Groups/{groupId}';
const user = '/scim2/Users/{userId}';
const members = [{ code: 'WRITE_IGNORED', attributes: ['MEMBER_IDS'] }];

describe.each([true, false])('writes over SCIM that Zoom ignores, with fallback: %s', (fallback) => {
  it('are noticed by the display name and the address', async () => {
    const warn = await startVerifying('warn', settings(fallback));
    const { id } = warn.fixture.user();
    warn.ignore('PUT', user, '/displayName', '/emails');
    const deltas = [replace('DISPLAY_NAME', 'Jane R.'), replace('DEPT', 'New')];
    expect(
      await warn.update('ZoomUser', id, ...deltas, replace('__NAME__', 'new@example.com')),
    ).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['__NAME__', 'DISPLAY_NAME'] }] },
    });
  });

  it('are noticed by the status, and are an error with fail', async () => {
    const fail = await startVerifying('fail', settings(fallback));
    const { id } = fail.fixture.user();
    fail.ignore('PATCH', user);
    expect(await fail.update('ZoomUser', id, replace('__ENABLE__', false))).toMatchObject({
      status: 412,
      body: { applied: [], notApplied: ['__ENABLE__'] },
    });
  });

  it('are noticed by the groups of a user', async () => {
    const warn = await startVerifying('warn', settings(fallback));
    const [{ id }, { id: given }] = [warn.fixture.user(), warn.fixture.group()];
    warn.ignore('PATCH', group);
    expect(await warn.update('ZoomUser', id, { name: 'GROUP_IDS', valuesToAdd: [given] })).toMatchObject({
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['GROUP_IDS'] }] },
    });
  });

  it('are noticed by the members of a group, who may be inactive', async () => {
    const warn = await startVerifying('warn', settings(fallback));
    const { fixture } = warn;
    const [added, removed, { id }] = [fixture.user('inactive'), fixture.user(), fixture.group()];
    const change = { name: 'MEMBER_IDS', valuesToAdd: [added.id, removed.id] };
    expect(await warn.update('ZoomGroup', id, change)).toMatchObject({ status: 200, body: { warnings: [] } });
    warn.ignore('PATCH', group);
    const removal = { name: 'MEMBER_IDS', valuesToRemove: [removed.id] };
    expect(await warn.update('ZoomGroup', id, removal)).toMatchObject({ body: { warnings: members } });
    const replaced = replace('MEMBER_IDS', fixture.user().id);
    expect(await warn.update('ZoomGroup', id, replaced)).toMatchObject({ body: { warnings: members } });
  });

  it('cost a read only where they are read back', async () => {
    const change = (id: string) => ['ZoomUser', id, replace('DEPT', 'New')] as const;
    const counts = await Promise.all(
      (['off', 'warn'] as const).map(async (verifyWrites) => {
        const verifying = await startVerifying(verifyWrites, settings(fallback));
        const { id } = verifying.fixture.user();
        verifying.service.calls();
        await verifying.update(...change(id));
        return verifying.service.calls().length;
      }),
    );
    expect(counts).toEqual(fallback ? [3, 4] : [2, 3]);
  });
});

it('a member of several groups who shows one of them is not taken for one who is missing', async () => {
  const simulator = { scimNesting: 'object' };
  const warn = await startVerifying('warn', { ...settings(false), simulator });
  const { simulator: zoom } = warn.service;
  const [member, first, second] = [warn.fixture.user(), warn.fixture.group(), warn.fixture.group()];
  zoom.state.groups.join(first, member);
  const change = { name: 'MEMBER_IDS', valuesToAdd: [member.id] };
  expect(await warn.update('ZoomGroup', second.id, change)).toMatchObject({ body: { warnings: [] } });
  expect(second.members.includes(member)).toBe(true);
});

it('a phone that is switched on over REST beside SCIM may take a moment to show', async () => {
  const fail = await startVerifying('fail', { ...settings(true), simulator: { phoneUsers: 0 } });
  const { id } = fail.fixture.user();
  const body = { code: 1001, message: 'User does not exist.' };
  const match = { method: 'GET', path: '/phone/users/{userId}', nth: 2, times: 4 };
  fail.fault(match, { kind: 'status', status: 404, body });
  expect(await fail.update('ZoomUser', id, replace('ZOOM_PHONE_FEATURE', true))).toMatchObject({
    status: 200,
    body: { warnings: [] },
  });
  expect(fail.waits).toEqual([250, 500, 1000, 2000]);
});
