import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../support/fake-session.js';
import { modelSites, modelUserId, ModelZoom } from '../../support/model-zoom.js';
import { userConnector } from '../../support/user-connector.js';
import { testContext } from '../../support/zoom-client.js';

const request = { objectClass: 'ZoomUser', uid: modelUserId };

function update(zoom: ModelZoom, name: string, ...values: unknown[]) {
  const deltas = [{ name, valuesToReplace: values }];
  return userConnector(zoom).updateDelta({ ...request, deltas }, testContext());
}

describe('values that mean the same however they are written', () => {
  it('profile numbers keep label and country in any case', async () => {
    const zoom = new ModelZoom();
    await update(zoom, 'PROFILE_PHONE_NUMBERS', 'TEL:+442079460000;COUNTRY=gb;LABEL=office');
    expect(zoom.user['phone_numbers']).toEqual([
      { country: 'GB', code: '+44', number: '2079460000', label: 'Office' },
    ]);
  });

  it('a profile number without country is the one that Zoom answers with it', async () => {
    const zoom = new ModelZoom();
    const number = 'tel:+442079460000;label=Office';
    await update(zoom, 'PROFILE_PHONE_NUMBERS', number);
    expect(zoom.user['phone_numbers']).toMatchObject([{ country: 'GB' }]);
    await update(zoom, 'PROFILE_PHONE_NUMBERS', number);
    expect(zoom.writes()).toEqual(['updateUser']);
  });

  it('an extension is a number: zeros before it say nothing', async () => {
    const zoom = new ModelZoom();
    zoom.phone = { extension: '801', site: modelSites[0].id, plans: [], numbers: [], status: 'activate' };
    await update(zoom, 'EXTENSION_NUMBER', '0801');
    expect(zoom.writes()).toEqual([]);
  });
});

describe('a delete that only deactivates', () => {
  it('is completed by a repetition after the logout has failed', async () => {
    const zoom = new ModelZoom();
    const connector = userConnector(zoom, { policy: { immediateLogoutOnDeactivate: true } });
    zoom.refusals.set('revokeUserToken', refusal('connectorIO', 500, 0));
    await expect(connector.delete(request, testContext())).rejects.toMatchObject({ kind: 'connectorIO' });
    await connector.delete(request, testContext());
    expect(zoom.writes()).toEqual(['updateUserStatus', 'revokeUserToken', 'revokeUserToken']);
  });

  it('needs no call for an inactive user who is not to be logged out', async () => {
    const zoom = new ModelZoom();
    zoom.user['status'] = 'inactive';
    await userConnector(zoom).delete(request, testContext());
    expect(zoom.writes()).toEqual([]);
  });
});
