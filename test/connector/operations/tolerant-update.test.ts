import { describe, expect, it } from '@jest/globals';
import { replace } from '../../support/deltas.js';
import { modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

type Delta = Readonly<Record<string, unknown>>;

function update(zoom: ModelZoom, deltas: Delta[], tolerant?: true): Promise<unknown> {
  const request = { objectClass: 'ZoomUser', uid: modelUserId, deltas, ...(tolerant && { tolerant }) };
  return userConnector(zoom).updateDelta(request, testContext());
}

const department = replace('DEPT', 'Sales');

describe('an update with attributes that cannot be updated', () => {
  it.each([
    ['the value that the object has', replace('STATUS', 'active')],
    ['a value that nobody can read', replace('CREATE_ACTION', 'create')],
  ])('passes over %s, if the request is tolerant', async (_, unchanged) => {
    const zoom = new ModelZoom();
    await update(zoom, [unchanged, department], true);
    expect(zoom.user).toMatchObject({ status: 'active', dept: 'Sales' });
    expect(zoom.writes()).toEqual(['updateUser']);
    await expect(update(zoom, [unchanged, department])).rejects.toThrow('cannot be updated');
  });

  it('reads the object once, and writes nothing if another value is asked for', async () => {
    const zoom = new ModelZoom();
    await expect(update(zoom, [replace('STATUS', 'inactive'), department], true)).rejects.toMatchObject({
      kind: 'invalidAttributeValue',
      message: 'STATUS cannot be updated.',
    });
    expect(zoom.calls.map(({ endpoint }) => endpoint.id)).toEqual(['getUser']);
  });

  it('changes nothing if there is nothing else', async () => {
    const zoom = new ModelZoom();
    expect(await update(zoom, [replace('STATUS', 'active')], true)).toEqual({
      sideEffects: [],
      warnings: [],
    });
    expect(zoom.writes()).toEqual([]);
  });
});

describe('an update with all attributes that a host maps', () => {
  const cleared = [replace('TYPE'), replace('ROLE_ID'), replace('__ENABLE__')];
  const all = { objectClass: 'ZoomUser', uid: modelUserId, tolerant: true, allMapped: true } as const;

  it('leaves attributes as they are that always have a value, and clears the others', async () => {
    const zoom = new ModelZoom();
    const deltas = [...cleared, replace('DEPT'), replace('FIRST_NAME', 'Ann')];
    await update(zoom, [department]);
    const before = { ...zoom.user };
    const { warnings } = await userConnector(zoom).updateDelta({ ...all, deltas }, testContext());
    expect(zoom.user).toMatchObject({ first_name: 'Ann', dept: '', type: before['type'] });
    expect(zoom.user['status']).toBe(before['status']);
    expect(warnings).toMatchObject([{ code: 'NOT_CLEARED', attributes: ['TYPE', 'ROLE_ID', '__ENABLE__'] }]);
  });

  it('still needs a name, and takes deltas of single attributes as they are', async () => {
    const zoom = new ModelZoom();
    const update = (request: object): Promise<unknown> =>
      userConnector(zoom).updateDelta({ ...all, deltas: [], ...request }, testContext());
    await expect(update({ deltas: [replace('__NAME__')] })).rejects.toThrow('cannot be cleared');
    const { allMapped: _, ...deltas } = { ...all, deltas: [replace('TYPE')] };
    await expect(userConnector(zoom).updateDelta(deltas, testContext())).rejects.toThrow(
      'TYPE cannot be cleared.',
    );
  });
});
