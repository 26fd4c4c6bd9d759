import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../support/fake-session.js';
import { modelUserId, ModelZoom, usualPhone } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';
import { replace } from '../../support/deltas.js';

type Deltas = Readonly<Record<string, unknown>>[];

const disable = replace('__ENABLE__', false);
const licences = ['MEETING:2:S-1', 'ZOOM_WORKPLACE_BUNDLE:33554432:S-2'];

/** A user with licences and phone, both of which some accounts leave to inactive users. */
function zoomWith(status: string): ModelZoom {
  const zoom = new ModelZoom();
  const license_info_list = licences.map((entry) => {
    const [license_type, license_option, subscription_id] = entry.split(':');
    return { license_type, license_option: Number(license_option), subscription_id };
  });
  Object.assign(zoom.user, { status, plan_united_type: '1', license_info_list });
  zoom.phone = usualPhone();
  return zoom;
}

function update(zoom: ModelZoom, deltas: Deltas) {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
  return userConnector(zoom, { policy: { updateDisabledUsers: true } }).updateDelta(request, testContext());
}

describe('what an inactive user has kept through a deactivation', () => {
  it.each([
    ['a licence', replace('TYPE', 1), { type: 1 }],
    ['a bundle', replace('PLAN_UNITED_TYPE'), { plan_united_type: 'none' }],
    [
      'one of its licences',
      { name: 'LICENSE_INFO', valuesToRemove: [licences[1]] },
      {
        license_info_list: [{ license_type: 'MEETING', license_option: 2n, subscription_id: 'S-1' }],
      },
    ],
  ])('is released for itself: %s', async (_, delta, field) => {
    const zoom = zoomWith('inactive');
    expect(await update(zoom, [delta])).toEqual({ sideEffects: [], warnings: [] });
    expect(zoom.writes()).toEqual(['updateUserStatus', 'updateUser', 'updateUserStatus']);
    expect(zoom.user).toMatchObject({ status: 'inactive', ...field });
  });

  it('is released also when the update asks that the user be inactive', async () => {
    const zoom = zoomWith('inactive');
    await update(zoom, [disable, replace('TYPE', 1)]);
    expect(zoom.user).toMatchObject({ status: 'inactive', type: 1 });
  });

  it('can lose a number', async () => {
    const zoom = zoomWith('inactive');
    await update(zoom, [{ name: 'ZOOM_PHONE_NUMBERS', valuesToRemove: ['+12055550001'] }]);
    expect(zoom.writes()).toEqual(['updateUserStatus', 'removePhoneNumber', 'updateUserStatus']);
  });

  it('is told as it is where nothing was done', async () => {
    const zoom = zoomWith('inactive');
    expect(await update(zoom, [replace('EXTENSION_NUMBER', '900')])).toMatchObject({
      warnings: [{ code: 'LOST_BY_DEACTIVATION', attributes: ['EXTENSION_NUMBER'] }],
      sideEffects: [{ name: 'EXTENSION_NUMBER', valuesToReplace: ['801'] }],
    });
    expect(zoom.writes()).toEqual([]);
  });

  it('is told once when the phone ends in the same update', async () => {
    const zoom = zoomWith('inactive');
    const deltas = [
      replace('ZOOM_PHONE_FEATURE', false),
      { name: 'ZOOM_PHONE_CALLING_PLANS', valuesToAdd: [200] },
    ];
    const { sideEffects, warnings } = await update(zoom, deltas);
    expect(warnings).toHaveLength(1);
    expect(sideEffects).toEqual([{ name: 'ZOOM_PHONE_CALLING_PLANS', valuesToReplace: [] }]);
  });
});

describe('what a deactivation takes away', () => {
  it('is warned of when it was to be added and is there already', async () => {
    const deltas = [disable, { name: 'ZOOM_PHONE_CALLING_PLANS', valuesToAdd: [100] }];
    expect(await update(zoomWith('active'), deltas)).toMatchObject({
      warnings: [{ code: 'LOST_BY_DEACTIVATION', attributes: ['ZOOM_PHONE_CALLING_PLANS'] }],
      sideEffects: [{ name: 'ZOOM_PHONE_CALLING_PLANS', valuesToReplace: [] }],
    });
  });

  it.each([false, true])(
    'is answered alike when the update is repeated, bracketed: %s',
    async (bracketed) => {
      const zoom = zoomWith('active');
      const connector = userConnector(zoom, { policy: { updateDisabledUsers: bracketed } });
      const deltas = [
        disable,
        replace('TYPE', 2),
        replace('EXTENSION_NUMBER', '900'),
        replace('DEPT', 'Sales'),
      ];
      const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
      zoom.user['type'] = 1;
      zoom.phone = null;
      const first = await connector.updateDelta(request, testContext());
      expect(first).toMatchObject({
        warnings: [{ code: 'LOST_BY_DEACTIVATION', attributes: ['TYPE', 'EXTENSION_NUMBER'] }],
      });
      const before = zoom.writes().length;
      expect(await connector.updateDelta(request, testContext())).toEqual(first);
      expect(zoom.writes()).toHaveLength(before);
    },
  );

  const releases = [
    disable,
    replace('TYPE', 1),
    { name: 'ZOOM_PHONE_NUMBERS', valuesToRemove: ['+12055550001'] },
  ];

  it('counts as applied when something else fails', async () => {
    const zoom = zoomWith('active');
    zoom.refusals.set('updateUser', refusal('invalidAttributeValue', 400, 300));
    await expect(update(zoom, [...releases, replace('DEPT', 'x')])).rejects.toMatchObject({
      details: { applied: ['__ENABLE__', 'TYPE', 'ZOOM_PHONE_NUMBERS'], notApplied: ['DEPT'] },
    });
  });

  it('counts as not applied when the deactivation fails', async () => {
    const zoom = zoomWith('active');
    zoom.refusals.set('updateUserStatus', refusal('preconditionFailed', 400, 300));
    await expect(update(zoom, releases)).rejects.toMatchObject({
      details: { applied: [], notApplied: ['__ENABLE__', 'TYPE', 'ZOOM_PHONE_NUMBERS'] },
    });
    expect(zoom.writes()).toEqual(['updateUserStatus']);
  });
});
