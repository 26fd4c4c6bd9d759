import { describe, expect, it } from '@jest/globals';
import { modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

const customAttributes = [
  { name: 'Badge', attribute: 'CUSTOM_BADGE' },
  { name: 'Desk', attribute: 'CUSTOM_DESK' },
];
const badge = { key: 'cbf_badge', name: 'Badge', value: '42' };
const desk = { key: 'cbf_desk', name: 'Desk', value: 'B7' };

function update(zoom: ModelZoom, ...deltas: { name: string; valuesToReplace: readonly string[] }[]) {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas };
  return userConnector(zoom, { customAttributes }).updateDelta(request, testContext());
}

function userWith(...entries: unknown[]): ModelZoom {
  const zoom = new ModelZoom();
  zoom.user['custom_attributes'] = entries;
  return zoom;
}

const ids = (zoom: ModelZoom) => zoom.calls.map(({ endpoint }) => endpoint.id);

describe('custom attributes', () => {
  it('are read from the user and from the list', async () => {
    const connector = userConnector(userWith(badge), { customAttributes });
    const options = { attributesToGet: ['CUSTOM_BADGE', 'CUSTOM_DESK'] };
    const request = { objectClass: 'ZoomUser', uid: modelUserId, options };
    expect((await connector.get(request, testContext())).attributes).toEqual({
      CUSTOM_BADGE: '42',
      CUSTOM_DESK: null,
    });
    const search = connector.search(
      { objectClass: 'ZoomUser', filter: { equals: { STATUS: 'active' } }, options },
      testContext(),
    );
    expect((await search.next()).value).toMatchObject({ attributes: { CUSTOM_BADGE: '42' } });
  });

  it('are written with the key of the own record, together with the values that stay', async () => {
    const zoom = userWith(badge, desk);
    await update(zoom, { name: 'CUSTOM_BADGE', valuesToReplace: ['43'] });
    expect(zoom.user['custom_attributes']).toEqual([desk, { ...badge, value: '43' }]);
    expect(ids(zoom)).toEqual(['getUser', 'updateUser']);
  });

  it('share the PATCH of the profile', async () => {
    const zoom = userWith(badge);
    await update(
      zoom,
      { name: 'CUSTOM_BADGE', valuesToReplace: [] },
      { name: 'DEPT', valuesToReplace: ['Sales'] },
    );
    expect(zoom.calls.at(-1)?.body).toEqual({ dept: 'Sales', custom_attributes: [{ ...badge, value: '' }] });
  });

  it('take a key the own record does not tell from one page of the list, once', async () => {
    const zoom = userWith();
    const connector = userConnector(
      {
        send: (call) => {
          if (call.endpoint.id !== 'listUsers') return zoom.send(call);
          zoom.calls.push(call);
          return Promise.resolve({ users: [{ custom_attributes: [badge] }], total_records: 500 });
        },
      },
      { customAttributes },
    );
    for (const value of ['1', '2']) {
      zoom.user['custom_attributes'] = [];
      const deltas = [{ name: 'CUSTOM_BADGE', valuesToReplace: [value] }];
      await connector.updateDelta({ objectClass: 'ZoomUser', uid: modelUserId, deltas }, testContext());
    }
    expect(ids(zoom)).toEqual(['getUser', 'listUsers', 'updateUser', 'getUser', 'updateUser']);
    expect(zoom.user['custom_attributes']).toEqual([{ ...badge, value: '2' }]);
  });

  it('whose key nobody tells are refused before anything is written', async () => {
    const zoom = userWith(badge);
    await expect(update(zoom, { name: 'CUSTOM_DESK', valuesToReplace: ['B8'] })).rejects.toMatchObject({
      kind: 'preconditionFailed',
      message: 'The key of CUSTOM_DESK is not known: Zoom lists only those of values.',
    });
    expect(zoom.writes()).toEqual([]);
  });
});
