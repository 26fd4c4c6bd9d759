import type { Session } from '../../../connector/object-class/call.js';
import { at, type Json, textAt } from '../../kit/json.js';
import type { Lists } from '../../kit/paged-list.js';
import { accountLacksPhone, phoneUserPages } from './calls.js';

/** Phone records by user id. */
export type PhoneRecords = ReadonlyMap<string, Json>;

/** Phone records from the pages of all phone users, which are read when the first record is asked for. */
export interface PhoneIndex {
  /** The phone record of a user; `null` for a user without Zoom Phone. */
  recordOf(userId: string, session: Session): Promise<Json | null>;
  /** The records that were read, if any were. */
  records(): PhoneRecords | undefined;
  /** About how many bytes the records take. */
  readonly weight: number;
}

const recordBytes = 512;

/** @param saved - the records of an earlier index. */
export function createPhoneIndex(lists: Lists, saved?: PhoneRecords): PhoneIndex {
  let records = saved;
  let reading: Promise<PhoneRecords> | undefined;
  const read = async (session: Session): Promise<PhoneRecords> => {
    reading ??= readIndex(lists, session);
    try {
      records = await reading;
      return records;
    } finally {
      reading = undefined;
    }
  };
  return {
    recordOf: async (userId, session) => (records ?? (await read(session))).get(userId) ?? null,
    records: () => records,
    get weight() {
      return recordBytes * (records?.size ?? 0);
    },
  };
}

async function readIndex(lists: Lists, session: Session): Promise<PhoneRecords> {
  const records = new Map<string, Json>();
  const sites = new Map<string, unknown>();
  try {
    for await (const row of lists.distinct(phoneUserPages, session)) {
      const id = textAt(row, 'id');
      if (id !== undefined) records.set(id, compact(row, sites));
    }
  } catch (thrown) {
    // With half an index the remaining phone users would read as having no phone.
    if (records.size > 0 || !accountLacksPhone(thrown)) throw thrown;
  }
  return records;
}

/** The fields that are read from a row; an index of a large account is held as long as its listing runs. */
function compact(row: Json, sites: Map<string, unknown>): Json {
  const { extension_number, phone_numbers, status } = row;
  return {
    extension_number,
    status,
    site: shared(row['site'], sites),
    calling_plans: eachWith('type', row['calling_plans']),
    phone_numbers: eachWith('number', phone_numbers),
  };
}

/** A list whose objects keep one member. Anything else stays as it is, for the readers to refuse. */
function eachWith(member: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((entry: unknown) =>
    textAt(entry, member) === undefined ? entry : { [member]: at(entry, member) },
  );
}

/** One object for all users of a site. */
function shared(site: unknown, sites: Map<string, unknown>): unknown {
  const id = textAt(site, 'id');
  if (id === undefined) return site;
  const known = sites.get(id) ?? site;
  sites.set(id, known);
  return known;
}
