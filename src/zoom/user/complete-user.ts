import type { FoundObject } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import { readUser } from './find-user.js';

/**
 * Completes a row by a single read. A user who is found under neither id nor address is gone meanwhile.
 */
export async function detailed(row: FoundObject, session: Session): Promise<FoundObject | undefined> {
  const read = await readUser(row.uid, session);
  const moved = read === 'absent' ? await readUser(row.name, session) : read;
  return typeof moved === 'object' ? merge(row, moved) : undefined;
}

/** A pending user under the uid a single read tells; under its address where none does. */
export async function identified(row: FoundObject, session: Session): Promise<FoundObject> {
  const read = await readUser(row.name, session);
  return typeof read === 'object' ? merge(row, read) : row;
}

function merge(row: FoundObject, read: FoundObject): FoundObject {
  return { ...read, records: new Map([...row.records, ...read.records]) };
}
