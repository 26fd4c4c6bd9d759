import type { FoundObject } from '../../connector/object-class/object-class.js';
import type { Session } from '../../connector/session.js';
import { readUser } from './find-user.js';

/**
 * Completes a row by a single read. A user whom Zoom lists but does not let read stays as listed: the other attributes
 * were not read then, so they are absent.
 */
export async function detailed(row: FoundObject, session: Session): Promise<FoundObject> {
  const read = await readUser(row.uid, session);
  const moved = read === 'absent' ? await readUser(row.name, session) : read;
  return typeof moved === 'object' ? merge(row, moved) : row;
}

/** A pending user under the uid a single read tells; under its address where none does. */
export async function identified(row: FoundObject, session: Session): Promise<FoundObject> {
  const read = await readUser(row.name, session);
  return typeof read === 'object' ? merge(row, read) : row;
}

function merge(row: FoundObject, read: FoundObject): FoundObject {
  return { ...read, records: new Map([...row.records, ...read.records]) };
}
