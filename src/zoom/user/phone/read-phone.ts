import type { Session } from '../../../connector/object-class/call.js';
import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { ReadBack } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { type Json, textAt, toObject } from '../../kit/json.js';
import { readUser } from '../find-user.js';
import { statusOf } from '../user-view.js';
import { awaitPhoneUser, getPhoneUser, userLacksPhone } from './calls.js';
import type { PhoneIndex } from './phone-index.js';
import { type Sites, siteWithId } from './sites.js';

/** Input of reads of phone data. */
interface PhoneReading {
  readonly sites: Sites;
  /** The records of all phone users. */
  readonly index: PhoneIndex;
}

/** Adds a user's phone records to its others. A pending user cannot have Zoom Phone, so nothing is read for one. */
type WithPhone = (user: FoundObject, pending: boolean) => Promise<FoundObject>;

/** The phone record of a user; `null` for a user without Zoom Phone. */
type ReadRecord = (userId: string, index: PhoneIndex, session: Session) => Promise<Json | null>;

/** The read of each source. */
const recordSources: Readonly<Record<string, ReadRecord>> = {
  phoneUsers: (userId, index, session) => index.recordOf(userId, session),
  phoneProfile: (userId, _, session) => readProfile(userId, session),
};

/** Reads those phone records that are among the sources, for one user or for many. */
export function phoneReader(
  sources: ReadonlySet<string>,
  { index, sites }: PhoneReading,
  session: Session,
): WithPhone {
  const [source, recordOf] = Object.entries(recordSources).find(([name]) => sources.has(name)) ?? [];
  if (source === undefined || recordOf === undefined) return (user) => Promise.resolve(user);
  return async (user, pending) => {
    const record = pending ? null : await recordOf(user.uid, index, session);
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
    return toObject(await session.send(getPhoneUser(userId, 'read the phone profile')), 'phone profile');
  } catch (thrown) {
    if (userLacksPhone(thrown)) return null;
    throw thrown;
  }
}

/** A phone that was switched on exists after a moment. */
export function phoneReadBack({ after, attribute }: ResolvedChange): ReadBack | undefined {
  return attribute === 'ZOOM_PHONE_FEATURE' && after[0] === true ? switchedOn : undefined;
}

/** A pending user has no phone before accepting the invitation, so the switch cannot be read back yet. */
const switchedOn: ReadBack = async (uid, _, session) => {
  const user = await readUser(uid, session);
  if (typeof user === 'string' || statusOf(user) === 'pending') return undefined;
  await session.send(awaitPhoneUser(user.uid));
  return [true];
};
