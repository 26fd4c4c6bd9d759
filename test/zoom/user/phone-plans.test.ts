import { describe, expect, it } from '@jest/globals';
import type { ShownCall } from '../../../src/connector/connector.js';
import { refusal } from '../../support/fake-session.js';
import { modelSites, modelUserId, ModelZoom, usualPhone } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';
import { replace } from '../../support/deltas.js';

type Deltas = Readonly<Record<string, unknown>>[];
type Changes = Parameters<typeof userConnector>[1];

const change = (name: string, add: unknown[], remove: unknown[] = []) => ({
  name,
  ...(add.length > 0 && { valuesToAdd: add }),
  ...(remove.length > 0 && { valuesToRemove: remove }),
});

function zoomWithPhone(): ModelZoom {
  const zoom = new ModelZoom();
  zoom.phone = usualPhone();
  return zoom;
}

function update(zoom: ModelZoom, deltas: Deltas, changes: Changes = {}) {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
  return userConnector(zoom, changes).updateDelta(request, testContext());
}

async function plan(zoom: ModelZoom, deltas: Deltas, changes: Changes = {}): Promise<readonly string[]> {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
  const answer = await userConnector(zoom, changes).planUpdateDelta(request, testContext());
  return answer.plan.map(shown);
}

function shown({ body, method, path }: ShownCall): string {
  const short = path.replace(modelUserId, '{id}');
  return body === undefined ? `${method} ${short}` : `${method} ${short} ${JSON.stringify(body)}`;
}

const reads = ['GET /users/{id}', 'GET /phone/users/{id}'];

describe('the plan of a phone update', () => {
  it('sets extension and site with one call', async () => {
    expect(
      await plan(zoomWithPhone(), [replace('EXTENSION_NUMBER', '900'), replace('SITE_ID', modelSites[1].id)]),
    ).toEqual([
      ...reads,
      `PATCH /phone/users/{id} {"extension_number":"900","site_id":"${modelSites[1].id}"}`,
    ]);
  });

  it.each([
    ['name', replace('SITE_NAME', '  bRANCH ')],
    ['code', replace('SITE_CODE', 12)],
  ])('finds a site by its %s', async (_, delta) => {
    expect(await plan(zoomWithPhone(), [delta])).toEqual([
      ...reads,
      'GET /phone/sites',
      `PATCH /phone/users/{id} {"site_id":"${modelSites[1].id}"}`,
    ]);
  });

  it('swaps one plan for another', async () => {
    expect(await plan(zoomWithPhone(), [change('ZOOM_PHONE_CALLING_PLANS', [200], [100])])).toEqual([
      ...reads,
      'PUT /phone/users/{id}/calling_plans {"source_type":100,"target_type":200}',
    ]);
  });

  it('adds several plans before it removes one', async () => {
    expect(await plan(zoomWithPhone(), [replace('ZOOM_PHONE_CALLING_PLANS', 200, 300)])).toEqual([
      ...reads,
      'POST /phone/users/{id}/calling_plans {"calling_plans":[{"type":200},{"type":300}]}',
      'DELETE /phone/users/{id}/calling_plans/100',
    ]);
  });

  it('compares numbers by digits, writes E.164 and removes by id', async () => {
    expect(await plan(zoomWithPhone(), [change('ZOOM_PHONE_NUMBERS', ['1-205-555-0001'])])).toEqual(reads);
    expect(
      await plan(zoomWithPhone(), [change('ZOOM_PHONE_NUMBERS', ['1 (205) 555-0002'], ['12055550001'])]),
    ).toEqual([
      ...reads,
      'POST /phone/users/{id}/phone_numbers {"phone_numbers":[{"number":"+12055550002"}]}',
      'DELETE /phone/users/{id}/phone_numbers/number-id-of-12055550001',
    ]);
  });

  it('assigns at most ten numbers a call, and makes room before that many', async () => {
    const numbers = Array.from({ length: 12 }, (_, i) => `+1205555${String(1000 + i)}`);
    const calls = await plan(zoomWithPhone(), [replace('ZOOM_PHONE_NUMBERS', ...numbers)]);
    expect(calls.slice(2).map((call) => call.split(' ')[0])).toEqual(['DELETE', 'POST', 'POST']);
  });

  it('changes the status', async () => {
    expect(await plan(zoomWithPhone(), [replace('ZOOM_PHONE_STATUS', 'deactivate')])).toEqual([
      ...reads,
      `PUT /phone/users/batch {"batch_type":"activate","activation_status":"deactivate","user_ids":["{id}"]}`.replace(
        '{id}',
        modelUserId,
      ),
    ]);
  });

  it('makes a full phone update with eight calls', async () => {
    const calls = await plan(zoomWithPhone(), [
      replace('SITE_NAME', 'Branch'),
      replace('EXTENSION_NUMBER', '900'),
      change('ZOOM_PHONE_CALLING_PLANS', [200, 300], [100]),
      change('ZOOM_PHONE_NUMBERS', ['+12055550002', '+12055550003'], ['+12055550001']),
    ]);
    expect(calls).toHaveLength(8);
  });

  it('plans nothing when everything is as it should be', async () => {
    const deltas = [
      replace('ZOOM_PHONE_FEATURE', true),
      replace('EXTENSION_NUMBER', '801'),
      replace('SITE_NAME', 'main site'),
      replace('SITE_CODE', 11),
      change('ZOOM_PHONE_CALLING_PLANS', [100], [999]),
      replace('ZOOM_PHONE_NUMBERS', '12055550001'),
    ];
    expect(await plan(zoomWithPhone(), deltas)).toEqual([...reads, 'GET /phone/sites']);
  });
});

describe('switching the phone', () => {
  it('off lets everything else fall away', async () => {
    const deltas = [
      replace('ZOOM_PHONE_FEATURE', false),
      replace('SITE_ID'),
      replace('EXTENSION_NUMBER'),
      change('ZOOM_PHONE_CALLING_PLANS', [], [100]),
      replace('ZOOM_PHONE_NUMBERS'),
    ];
    expect(await plan(zoomWithPhone(), deltas)).toEqual([
      ...reads,
      'PATCH /users/{id} {"feature":{"zoom_phone":false}}',
    ]);
    expect(await update(zoomWithPhone(), deltas)).toEqual({ sideEffects: [], warnings: [] });
  });

  it('off is what clearing the feature means, and nothing for a user without phone', async () => {
    expect((await plan(zoomWithPhone(), [replace('ZOOM_PHONE_FEATURE')])).at(-1)).toContain('false');
    expect(await plan(new ModelZoom(), [replace('ZOOM_PHONE_FEATURE')])).toEqual(reads);
    expect(await plan(new ModelZoom(), [replace('ZOOM_PHONE_FEATURE', false)])).toEqual(reads);
  });

  it('off warns of what was asked for at the same time', async () => {
    const deltas = [replace('ZOOM_PHONE_FEATURE', false), replace('EXTENSION_NUMBER', '900')];
    expect(await update(zoomWithPhone(), deltas)).toMatchObject({
      warnings: [{ code: 'LOST_WITH_PHONE', attributes: ['EXTENSION_NUMBER'] }],
      sideEffects: [{ name: 'EXTENSION_NUMBER', valuesToReplace: [] }],
    });
  });

  it('on waits for the record before the first write to it', async () => {
    const zoom = new ModelZoom();
    zoom.delay = 2;
    const deltas = [replace('ZOOM_PHONE_FEATURE', true), change('ZOOM_PHONE_CALLING_PLANS', [200])];
    await update(zoom, deltas);
    expect(zoom.calls.map(({ endpoint }) => endpoint.id)).toEqual([
      'getUser',
      'getPhoneUser',
      'updateUser',
      'getPhoneUser',
      'getPhoneUser',
      'getPhoneUser',
      'assignCallingPlans',
    ]);
    expect(zoom.phone?.plans).toEqual([200]);
  });

  it('on without anything to write to the record does not wait for it', async () => {
    const zoom = new ModelZoom();
    await update(zoom, [replace('ZOOM_PHONE_FEATURE', true)]);
    expect(zoom.calls).toHaveLength(3);
  });

  it('on gives up after a while, and says what was not applied', async () => {
    const zoom = new ModelZoom();
    zoom.delay = 100;
    const deltas = [replace('ZOOM_PHONE_FEATURE', true), change('ZOOM_PHONE_CALLING_PLANS', [200])];
    await expect(update(zoom, deltas)).rejects.toMatchObject({
      kind: 'retryable',
      details: { applied: ['ZOOM_PHONE_FEATURE'], notApplied: ['ZOOM_PHONE_CALLING_PLANS'] },
    });
  });

  it.each([
    ['has already', [replace('ZOOM_PHONE_FEATURE', true)]],
    ['gets', [replace('ZOOM_ONE_TYPE', '144115188075855872'), replace('ZOOM_PHONE_FEATURE', true)]],
  ])('on goes by the bundle that the user %s', async (words, deltas) => {
    const zoom = new ModelZoom();
    if (words === 'has already') zoom.user['zoom_one_type'] = 144115188075855872n;
    const calls = await plan(zoom, deltas, { phoneBundleTypes: ['144115188075855872'] });
    expect(calls.at(-1)).toBe(
      `PUT /phone/users/batch {"batch_type":"assign_pending_user","user_ids":["${modelUserId}"]}`,
    );
  });
});

describe('phone updates that are refused', () => {
  it.each([
    ['two sites that differ', [replace('SITE_ID', modelSites[1].id), replace('SITE_NAME', 'Main Site')]],
    ['a site name Zoom does not list', [replace('SITE_NAME', 'Nowhere')]],
    ['a site code Zoom does not list', [replace('SITE_CODE', 99)]],
    ['an extension that is cleared', [replace('EXTENSION_NUMBER')]],
    ['a site that is cleared', [replace('SITE_ID')]],
    ['something that is no number', [replace('ZOOM_PHONE_NUMBERS', 'abc')]],
  ])('for %s as invalid, before anything is written', async (_, deltas) => {
    const zoom = zoomWithPhone();
    await expect(update(zoom, deltas)).rejects.toMatchObject({ kind: 'invalidAttributeValue' });
    expect(zoom.writes()).toEqual([]);
  });

  it('for a site that is not there name it', async () => {
    await expect(update(zoomWithPhone(), [replace('SITE_NAME', 'Nowhere')])).rejects.toThrow('Nowhere');
  });

  it('for a user without phone as a precondition', async () => {
    const zoom = new ModelZoom();
    const deltas = [change('ZOOM_PHONE_NUMBERS', ['+12055550002'])];
    await expect(update(zoom, deltas)).rejects.toMatchObject({
      kind: 'preconditionFailed',
      details: { notApplied: ['ZOOM_PHONE_NUMBERS'] },
    });
    expect(zoom.writes()).toEqual([]);
  });

  it.each([
    ['assignPhoneNumbers', change('ZOOM_PHONE_NUMBERS', ['+12055550002']), '+12055550002'],
    ['assignCallingPlans', change('ZOOM_PHONE_CALLING_PLANS', [200]), 'calling plan 200'],
    ['updatePhoneUser', replace('SITE_ID', modelSites[1].id), modelSites[1].id],
    ['updatePhoneUser', replace('EXTENSION_NUMBER', '900'), 'extension 900'],
  ])('by Zoom at %s name the value', async (endpoint, delta, named) => {
    const zoom = zoomWithPhone();
    zoom.refusals.set(endpoint, refusal('invalidAttributeValue', 400, 300, 'Invalid field.'));
    await expect(update(zoom, [delta])).rejects.toThrow(named);
  });

  it('by Zoom name the one value of several that its words quote', async () => {
    const zoom = zoomWithPhone();
    zoom.refusals.set(
      'assignPhoneNumbers',
      refusal('invalidAttributeValue', 400, 300, 'The number 12055550003 is taken.'),
    );
    const deltas = [change('ZOOM_PHONE_NUMBERS', ['+12055550002', '+12055550003'])];
    await expect(update(zoom, deltas)).rejects.toThrow(/about the phone number \+12055550003\.$/);
  });

  it('never say that the user is unknown', async () => {
    const zoom = zoomWithPhone();
    zoom.refusals.set('updatePhoneUser', refusal('unknownUid', 404, 1001));
    await expect(update(zoom, [replace('EXTENSION_NUMBER', '900')])).rejects.toMatchObject({
      kind: 'preconditionFailed',
    });
  });

  it('for want of a licence are tried again after the release of those that go', async () => {
    const zoom = zoomWithPhone();
    zoom.refusals.set('assignCallingPlans', refusal('preconditionFailed', 400, 400, 'No licence left.'));
    await update(zoom, [change('ZOOM_PHONE_CALLING_PLANS', [200, 300], [100])]);
    expect(zoom.writes()).toEqual(['assignCallingPlans', 'removeCallingPlan', 'assignCallingPlans']);
    expect(zoom.phone?.plans).toEqual([200, 300]);
  });

  it('leave other parts of the phone to be written', async () => {
    const zoom = zoomWithPhone();
    zoom.refusals.set('swapCallingPlan', refusal('invalidAttributeValue', 400, 404));
    const deltas = [
      change('ZOOM_PHONE_CALLING_PLANS', [200], [100]),
      change('ZOOM_PHONE_NUMBERS', ['+12055550002']),
    ];
    await expect(update(zoom, deltas)).rejects.toMatchObject({
      details: { applied: ['ZOOM_PHONE_NUMBERS'], notApplied: ['ZOOM_PHONE_CALLING_PLANS'] },
    });
  });
});

describe('the phone of users who are not active', () => {
  it('is not assigned when the update ends in deactivation', async () => {
    const zoom = zoomWithPhone();
    const deltas = [
      replace('__ENABLE__', false),
      replace('EXTENSION_NUMBER', '900'),
      change('ZOOM_PHONE_NUMBERS', [], ['+12055550001']),
    ];
    expect(await update(zoom, deltas)).toMatchObject({
      warnings: [{ code: 'LOST_BY_DEACTIVATION', attributes: ['EXTENSION_NUMBER'] }],
      sideEffects: [{ name: 'EXTENSION_NUMBER', valuesToReplace: [] }],
    });
    expect(zoom.writes()).toEqual(['updateUserStatus']);
  });

  it('is switched off in a bracket where the configuration says so', async () => {
    const zoom = zoomWithPhone();
    zoom.user['status'] = 'inactive';
    const policy = { removePhoneFeatureOnDisabledUser: true };
    await update(zoom, [replace('ZOOM_PHONE_FEATURE', false)], { policy });
    expect(zoom.writes()).toEqual(['updateUserStatus', 'updateUser', 'updateUserStatus']);
    expect(zoom.user['status']).toBe('inactive');
  });

  it('is not read for pending users, and counts as switched off', async () => {
    const zoom = new ModelZoom();
    zoom.user['status'] = 'pending';
    expect(await plan(zoom, [replace('ZOOM_PHONE_FEATURE', false)])).toEqual(['GET /users/{id}']);
  });
});
