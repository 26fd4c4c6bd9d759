import { describe, expect, it } from '@jest/globals';
import { planFetch, readAttributes } from '../../../src/connector/object-class/reading.js';
import type { FoundObject } from '../../../src/connector/object-class/found-object.js';
import { readersOf } from '../../../src/zoom/kit/binding.js';
import { userAttributes } from '../../../src/zoom/user/attributes.js';
import { userView } from '../../../src/zoom/user/user-view.js';
import { phoneAttributes } from '../../../src/zoom/user/phone/attributes.js';
import { createLists } from '../../../src/zoom/kit/paged-list.js';
import { createPhoneIndex } from '../../../src/zoom/user/phone/phone-index.js';
import { phoneReader } from '../../../src/zoom/user/phone/read-phone.js';
import { createSites } from '../../../src/zoom/user/phone/sites.js';
import { userRestBindings, userSources } from '../../../src/zoom/user/bindings.js';
import { type FakeSession, fakeSession, refusal } from '../../support/fake-session.js';

const table = { sources: userSources, readers: readersOf(userRestBindings) };
const decoding = { view: userView(userAttributes, {}), read: { table } };
const names = Object.keys(phoneAttributes);
const user: FoundObject = { uid: 'KDcuGIm1QgePTO8WbOqwIQ', name: 'jill@example.com', records: new Map() };

const profile = {
  id: user.uid,
  extension_number: 1000001036,
  status: 'activate',
  site_id: 'siteAAAAAAAAAAAAAAAAAA',
  calling_plans: [{ type: 200 }, { type: 200, billing_account_id: 'x' }, { type: '100' }],
  phone_numbers: [{ id: 'numberAAAAAAAAAAAAAAAA', number: '12055437350' }, { number: '+14232058798' }],
};
const row = { ...profile, site_id: undefined, site: { id: 'siteAAAAAAAAAAAAAAAAAA', name: 'Main Site' } };
const site = { id: 'siteAAAAAAAAAAAAAAAAAA', name: 'Main Site', site_code: 11 };

const answers: Readonly<Record<string, unknown>> = {
  listPhoneUsers: { users: [row], total_records: 1 },
  getPhoneUser: profile,
  listPhoneSites: { sites: [site], total_records: 1 },
};

const phoneSession = () => fakeSession(({ endpoint }) => answers[endpoint.id]);

async function readPhone(
  sources: readonly string[],
  session: FakeSession,
  { pending = false, found = user, times = 1 } = {},
) {
  const lists = createLists({ verifyTotals: true });
  const phone = { sites: createSites(lists, () => 0), index: createPhoneIndex(lists) };
  const read = phoneReader(new Set(sources), phone, session);
  let last = found;
  for (let i = 0; i < times; i += 1) last = await read(found, pending);
  return Object.fromEntries(readAttributes(decoding, last, names));
}

const nothing = {
  ZOOM_PHONE_FEATURE: [false],
  ZOOM_PHONE_STATUS: [],
  EXTENSION_NUMBER: [],
  ZOOM_PHONE_NUMBERS: [],
  ZOOM_PHONE_CALLING_PLANS: [],
  SITE_ID: [],
  SITE_NAME: [],
  SITE_CODE: [],
};
const everything = {
  ZOOM_PHONE_FEATURE: [true],
  ZOOM_PHONE_STATUS: ['activate'],
  EXTENSION_NUMBER: ['1000001036'],
  ZOOM_PHONE_NUMBERS: ['+12055437350', '+14232058798'],
  ZOOM_PHONE_CALLING_PLANS: [200, 100],
  SITE_ID: ['siteAAAAAAAAAAAAAAAAAA'],
  SITE_NAME: ['Main Site'],
  SITE_CODE: [11],
};

describe('the fetch plan of phone attributes', () => {
  it.each([
    ['listing', ['ZOOM_PHONE_FEATURE', 'SITE_NAME'], ['phoneUsers']],
    ['listing', ['SITE_CODE'], ['phoneUsers', 'sites']],
    ['listing', ['FIRST_NAME', 'EXTENSION_NUMBER'], ['phoneUsers', 'userList']],
    ['listing', ['LANGUAGE', 'FIRST_NAME', 'SITE_ID'], ['phoneUsers', 'user']],
    ['single', ['EXTENSION_NUMBER'], ['phoneProfile']],
    ['single', ['SITE_NAME'], ['phoneProfile', 'sites']],
    ['single', ['FIRST_NAME'], ['user']],
  ] as const)('takes for a %s of %j the sources %j', (use, wanted, sources) => {
    expect([...planFetch(table, wanted, use)].sort()).toEqual(sources);
  });
});

describe('reading phone attributes', () => {
  it('tells the same from the pages of phone users and from the profile', async () => {
    expect(await readPhone(['phoneUsers', 'sites'], phoneSession())).toEqual(everything);
    expect(await readPhone(['phoneProfile', 'sites'], phoneSession())).toEqual(everything);
  });

  it('reads the pages and the sites once for all users of a listing', async () => {
    const session = phoneSession();
    await readPhone(['phoneUsers', 'sites'], session, { times: 3 });
    expect(session.ids()).toEqual(['listPhoneUsers', 'listPhoneSites']);
  });

  it('fails when Zoom lists fewer phone users than it counts, and not as "no phone"', async () => {
    const short = () =>
      fakeSession(({ endpoint }) =>
        endpoint.id === 'listPhoneUsers' ? { users: [row], total_records: 2 } : answers[endpoint.id],
      );
    const stranger = { ...user, uid: 'stranger-AAAAAAAAAAAAA' };
    const read = readPhone(['phoneUsers'], short(), { found: stranger });
    await expect(read).rejects.toMatchObject({ kind: 'connectorIO' });
  });

  it('reads nothing for pending users, who have no phone', async () => {
    const session = phoneSession();
    expect(await readPhone(['phoneUsers', 'sites'], session, { pending: true })).toEqual(nothing);
    expect(await readPhone(['phoneProfile', 'sites'], session, { pending: true })).toEqual(nothing);
    expect(session.calls).toEqual([]);
  });

  it('tells a user who is not among the phone users from one who was not read', async () => {
    const stranger = { ...user, uid: 'stranger-AAAAAAAAAAAAA' };
    expect(await readPhone(['phoneUsers', 'sites'], phoneSession(), { found: stranger })).toEqual(nothing);
    expect(await readPhone([], phoneSession())).toEqual({});
  });

  it.each([
    ['404 with 1001', refusal('unknownUid', 404, 1001)],
    ['404 with 2001', refusal('preconditionFailed', 404, 2001)],
    ['404 with 404', refusal('invalidAttributeValue', 404, 404)],
    ['400 with 300', refusal('unknownUid', 400, 300)],
    ['403 with 2031', refusal('permissionDenied', 403, 2031)],
  ])('reads a profile that is refused by %s as no phone', async (_, error) => {
    const session = fakeSession(() => {
      throw error;
    });
    expect(await readPhone(['phoneProfile', 'sites'], session)).toEqual(nothing);
  });

  it.each([
    ['a missing scope', refusal('permissionDenied', 400, 4711)],
    ['a 404 of a proxy', refusal('connectorIO', 404)],
    ['a refusal for lack of rights', refusal('permissionDenied', 403)],
    ['an outage', refusal('connectorIO', 503)],
  ])('fails for %s', async (_, error) => {
    const session = () =>
      fakeSession(() => {
        throw error;
      });
    await expect(readPhone(['phoneProfile'], session())).rejects.toBe(error);
    await expect(readPhone(['phoneUsers'], session())).rejects.toBe(error);
  });

  it('takes an account without Zoom Phone as one whose users have no phone', async () => {
    const session = fakeSession(() => {
      throw refusal('permissionDenied', 403, 2031);
    });
    expect(await readPhone(['phoneUsers', 'sites'], session)).toEqual(nothing);
  });

  it('does not take an account for one without Zoom Phone that has told of phone users', async () => {
    const error = refusal('permissionDenied', 403, 2031);
    const session = fakeSession(({ query }) => {
      if (query?.['next_page_token'] !== undefined) throw error;
      return { users: [row], total_records: 2, next_page_token: 'second' };
    });
    await expect(readPhone(['phoneUsers'], session)).rejects.toBe(error);
  });

  it('leaves attributes of a site out that Zoom does not list', async () => {
    const session = fakeSession(({ endpoint }) =>
      endpoint.id === 'listPhoneSites' ? { sites: [], total_records: 0 } : answers[endpoint.id],
    );
    const read = await readPhone(['phoneProfile', 'sites'], session);
    expect(read).toMatchObject({ SITE_ID: ['siteAAAAAAAAAAAAAAAAAA'] });
    expect(read).not.toHaveProperty('SITE_NAME');
  });
});
