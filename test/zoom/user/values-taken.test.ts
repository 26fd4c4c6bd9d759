import { describe, expect, it } from '@jest/globals';
import { modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

const division = 'YiRjbbtsidqyTbxa5ZOa8g';

function zoomWithValues(): ModelZoom {
  const zoom = new ModelZoom();
  Object.assign(zoom.user, { pmi: 3542471135, use_pmi: true, pronouns_option: 2, division_ids: [division] });
  return zoom;
}

function update(zoom: ModelZoom, ...deltas: Readonly<Record<string, unknown>>[]) {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
  return userConnector(zoom).updateDelta(request, testContext());
}

describe('a removal of the only value', () => {
  it.each([
    ['PERSONAL_MEETING_ID', '3542471135'],
    ['USE_PMI', true],
    ['PRONOUNS_OPTION', 2],
    ['DIVISION_IDS', division],
    ['TYPE', 2],
    ['ROLE_ID', '2'],
  ])('is refused where the attribute needs one: %s', async (name, value) => {
    const zoom = zoomWithValues();
    await expect(update(zoom, { name, valuesToRemove: [value] })).rejects.toMatchObject({
      kind: 'invalidAttributeValue',
      message: `${name} cannot be cleared.`,
    });
    expect(zoom.writes()).toEqual([]);
  });

  it('of another value than the present one does nothing', async () => {
    const zoom = zoomWithValues();
    await update(zoom, { name: 'TYPE', valuesToRemove: [1] });
    expect(zoom.writes()).toEqual([]);
  });

  it.each(['ABOUT_ME', 'VANITY_NAME'])('is not made on a guess: %s', async (name) => {
    const zoom = zoomWithValues();
    await expect(update(zoom, { name, valuesToRemove: ['perhaps'] })).rejects.toMatchObject({
      kind: 'illegalArgument',
    });
    expect(zoom.calls).toEqual([]);
  });

  it('of a password without a new one is refused', async () => {
    const delta = { name: '__PASSWORD__', valuesToAdd: [], valuesToRemove: ['Canary-0ld'] };
    await expect(update(zoomWithValues(), delta)).rejects.toMatchObject({ kind: 'illegalArgument' });
  });
});

describe("Zoom's words for a bundle that is off", () => {
  const off = [
    { name: 'PLAN_UNITED_TYPE', valuesToReplace: ['none'] },
    { name: 'ZOOM_ONE_TYPE', valuesToReplace: ['0'] },
  ];

  it('are no value: nothing is written where there is none', async () => {
    const zoom = new ModelZoom();
    Object.assign(zoom.user, { plan_united_type: 'none', zoom_one_type: 0 });
    await update(zoom, ...off);
    expect(zoom.writes()).toEqual([]);
  });

  it('switch it off, also when they are added', async () => {
    const zoom = new ModelZoom();
    Object.assign(zoom.user, { plan_united_type: '1', zoom_one_type: 33554432 });
    await update(zoom, { name: 'PLAN_UNITED_TYPE', valuesToAdd: ['none'] }, ...off.slice(1));
    expect(zoom.user).toMatchObject({ plan_united_type: 'none', zoom_one_type: 0 });
  });

  it('are not lost by a deactivation', async () => {
    const zoom = new ModelZoom();
    Object.assign(zoom.user, { plan_united_type: '1', zoom_one_type: 33554432 });
    const { warnings } = await update(zoom, { name: '__ENABLE__', valuesToReplace: [false] }, ...off);
    expect(warnings).toEqual([]);
    expect(zoom.writes()).toEqual(['updateUserStatus']);
  });
});
