import { describe, expect, it } from '@jest/globals';
import type { Call, Target } from '../../../src/connector/object-class/call.js';
import type { ShownCall } from '../../../src/connector/connector.js';
import { fakeSession, refusal } from '../../support/fake-session.js';
import { modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { until } from '../../support/raw-client.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

const objectClass = 'ZoomUser';
const groupId = 'RSMaSp8sTEGK0_oamiA2_w';

/** A Zoom account without users, which refuses every write. */
function emptyZoom() {
  const session = fakeSession(({ endpoint }: Call) => {
    if (endpoint.method !== 'GET') throw new Error(`${endpoint.id} was sent`);
    throw refusal('unknownUid', 404, 1001);
  });
  return session;
}

function shown({ body, method, path }: ShownCall) {
  return body === undefined ? `${method} ${path}` : [`${method} ${path}`, body];
}

async function planCreate(attributes: Readonly<Record<string, unknown>>, phoneBundleTypes: string[] = []) {
  const connector = userConnector(emptyZoom(), { phoneBundleTypes });
  const { plan } = await connector.planCreate({ objectClass, attributes }, testContext());
  return plan;
}

describe('the dry run of a create', () => {
  it('shows the look-up, the call and what follows, with a placeholder for the id and secrets masked', async () => {
    const plan = await planCreate({
      __NAME__: 'jack@example.com',
      __PASSWORD__: 'hunter2!',
      CREATE_ACTION: 'autoCreate',
      FIRST_NAME: 'Jack',
      ZOOM_ONE_TYPE: '576460752303423488',
      DEPT: 'Sales',
      GROUP_IDS: [groupId],
    });
    expect(plan.map(shown)).toEqual([
      'GET /users/jack%40example.com',
      [
        'POST /users',
        {
          action: 'autoCreate',
          user_info: {
            type: 1,
            first_name: 'Jack',
            email: 'jack@example.com',
            password: '********',
            feature: { zoom_one_type: '576460752303423488' },
          },
        },
      ],
      'GET /users/{uid}',
      ['PATCH /users/{uid}', { dept: 'Sales' }],
      [`POST /groups/${groupId}/members`, { members: [{ id: '{uid}' }] }],
    ]);
    expect(plan.every(({ label, why }) => label !== '' && why !== '')).toBe(true);
  });

  it('of a pending user says what cannot be applied yet by leaving it out', async () => {
    const plan = await planCreate({ __NAME__: 'jack@example.com', DEPT: 'Sales', GROUP_IDS: [groupId] });
    expect(plan.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /users/jack%40example.com',
      'POST /users',
      'GET /users/{uid}',
      'PATCH /users/jack%40example.com',
    ]);
  });

  it('of a phone user waits for the record', async () => {
    const plan = await planCreate({
      __NAME__: 'jack@example.com',
      CREATE_ACTION: 'ssoCreate',
      ZOOM_PHONE_FEATURE: true,
      ZOOM_PHONE_CALLING_PLANS: [200],
    });
    expect(plan[1]?.body).toMatchObject({ user_info: { feature: { zoom_phone: true } } });
    expect(plan.slice(2).map(shown)).toEqual([
      'GET /users/{uid}',
      'GET /phone/users/{uid}',
      'GET /phone/users/{uid}',
      ['POST /phone/users/{uid}/calling_plans', { calling_plans: [{ type: 200 }] }],
    ]);
  });

  it('of a user with a bundle assigns its phone after the creation', async () => {
    const attributes = {
      __NAME__: 'jack@example.com',
      CREATE_ACTION: 'ssoCreate',
      ZOOM_ONE_TYPE: '144115188075855872',
      ZOOM_PHONE_FEATURE: true,
    };
    const plan = await planCreate(attributes, ['144115188075855872']);
    expect(plan[1]?.body).toMatchObject({
      user_info: { feature: { zoom_one_type: '144115188075855872' } },
    });
    expect(plan.at(-1)?.body).toEqual({ batch_type: 'assign_pending_user', user_ids: ['{uid}'] });
  });

  it('refuses what the create refuses', async () => {
    const attributes = { __NAME__: 'jack@example.com', ZOOM_PHONE_NUMBERS: ['+12055550001'] };
    await expect(planCreate(attributes)).rejects.toThrow('ZOOM_PHONE_NUMBERS');
  });
});

/** Zoom that holds every call of a method until the test lets go. */
function holding(zoom: Target, method: Call['endpoint']['method']) {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const held: Call[] = [];
  const send: Target['send'] = async (call, context) => {
    if (call.endpoint.method === method) {
      held.push(call);
      await released;
    }
    return zoom.send(call, context);
  };
  return { target: { send }, held, release };
}

describe('dry runs', () => {
  const dept = [{ name: 'DEPT', valuesToReplace: ['Sales'] }];
  const update = { objectClass, uid: modelUserId, deltas: dept };
  const remove = { objectClass, uid: modelUserId };

  it('do not wait for a write to the same user', async () => {
    const { target, held, release } = holding(new ModelZoom(), 'PATCH');
    const connector = userConnector(target);
    const write = connector.updateDelta(update, testContext());
    await until(() => held.length === 1);
    expect((await connector.planUpdateDelta(update, testContext())).plan).toHaveLength(2);
    expect((await connector.planDelete(remove, testContext())).plan).toHaveLength(2);
    release();
    await write;
  });

  it('do not wait for each other, and no write waits for them', async () => {
    const { target, held, release } = holding(new ModelZoom(), 'GET');
    const connector = userConnector(target);
    const plans = Array.from({ length: 20 }, () => connector.planUpdateDelta(update, testContext()));
    const write = connector.updateDelta(update, testContext());
    await until(() => held.length === 21);
    release();
    await Promise.all([...plans, write]);
  });

  it('of an update and a delete read, and write nothing', async () => {
    const zoom = new ModelZoom();
    const connector = userConnector(zoom);
    const deltas = [{ name: '__ENABLE__', valuesToReplace: [false] }];
    const update = await connector.planUpdateDelta({ objectClass, uid: modelUserId, deltas }, testContext());
    const removal = await connector.planDelete({ objectClass, uid: modelUserId }, testContext());
    expect(update).toEqual(removal);
    expect(update.plan.map(shown)).toEqual([
      `GET /users/${modelUserId}`,
      [`PUT /users/${modelUserId}/status`, { action: 'deactivate' }],
    ]);
    expect(zoom.writes()).toEqual([]);
  });

  it('show the same calls that the operation then makes', async () => {
    const zoom = new ModelZoom();
    const connector = userConnector(zoom);
    const deltas = [
      { name: 'ZOOM_PHONE_FEATURE', valuesToReplace: [true] },
      { name: 'SITE_NAME', valuesToReplace: ['Branch'] },
      { name: 'DEPT', valuesToReplace: ['Sales'] },
    ];
    const request = { objectClass, uid: modelUserId, deltas };
    const { plan } = await connector.planUpdateDelta(request, testContext());
    zoom.calls.length = 0;
    await connector.updateDelta(request, testContext());
    const made = zoom.calls.map(({ endpoint, why }) => `${endpoint.method} ${why}`);
    expect(
      plan.map(({ method, why }) => `${method} ${why}`).filter((step) => !step.includes('sites')),
    ).toEqual(made);
  });
});
