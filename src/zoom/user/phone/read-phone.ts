import type { FoundObject } from '../../../connector/object-class.js';
import type { Session } from '../../../connector/session.js';
import { asObject, type Json, textAt } from '../../json.js';
import { getPhoneUser } from './calls.js';
import { userLacksPhone } from './no-phone.js';
import { phoneIndex, type PhoneRecord } from './phone-index.js';
import { type Sites, siteWithId } from './sites.js';

/** What reading phone data depends on. */
export interface PhoneReading {
  readonly sites: Sites;
  /** Whether listings are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
}

/** Adds a user's phone records to its others. A pending user can not have Zoom Phone, so nothing is read for one. */
export type WithPhone = (user: FoundObject, pending: boolean) => Promise<FoundObject>;

/** How to get at the phone record of a user, by source. */
const recordSources: Readonly<Record<string, (verifyTotals: boolean, session: Session) => PhoneRecord>> = {
  phoneUsers: phoneIndex,
  phoneProfile: (_, session) => (userId) => readProfile(userId, session),
};

/** Reads those phone records that are among the sources, for one user or for many. */
export function phoneReader(
  sources: ReadonlySet<string>,
  { sites, verifyTotals }: PhoneReading,
  session: Session,
): WithPhone {
  const [source, open] = Object.entries(recordSources).find(([name]) => sources.has(name)) ?? [];
  if (source === undefined || open === undefined) return (user) => Promise.resolve(user);
  const recordOf = open(verifyTotals, session);
  return async (user, pending) => {
    const record = pending ? null : await recordOf(user.uid);
    const site = sources.has('sites') ? await readSite(record, sites, session) : undefined;
    const added = new Map([[source, record], ...(site === undefined ? [] : [['sites', site] as const])]);
    return { ...user, records: new Map([...user.records, ...added]) };
  };
}

/** The site of a phone record; `undefined` when Zoom lists no site of that id, so that nothing is known about it. */
async function readSite(
  record: Json | null,
  sites: Sites,
  session: Session,
): Promise<Json | null | undefined> {
  const id = textAt(record, 'site_id') ?? textAt(record, 'site.id');
  return id === undefined ? null : siteWithId(sites, id, session);
}

async function readProfile(userId: string, session: Session): Promise<Json | null> {
  try {
    return asObject(await session.send(getPhoneUser(userId, 'read the phone profile')));
  } catch (thrown) {
    if (userLacksPhone(thrown)) return null;
    throw thrown;
  }
}
