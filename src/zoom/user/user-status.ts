import type { FoundObject } from '../../connector/object-class/object-class.js';
import { textAt } from '../kit/json.js';
import type { UserStatus } from './calls.js';

/** The status of a user. One that only the list of pending users shows has no other record. */
export function statusOf(found: FoundObject): UserStatus {
  const record = found.records.get('user') ?? found.records.get('userList');
  const told = textAt(record, 'status');
  const [status = told] = found.written?.over('STATUS', []) ?? [];
  return status === 'inactive' || status === 'pending' ? status : 'active';
}
