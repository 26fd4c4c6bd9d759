import type { Account, GroupSlot, UserSlot } from './account.js';

/** What becomes of one cell when the operation succeeds; `undefined` empties it. */
export interface CellChange {
  readonly cell: string;
  readonly value: string | undefined;
  /** Under which attribute the answer reports it. */
  readonly attribute: string;
  /** What it may be, too, when the answer says that the attribute was not applied. */
  readonly meanwhile?: string;
}

/** What the model expects of an operation when no fault comes in its way. */
export type Expectation =
  | { readonly status: number; readonly changes: readonly CellChange[] }
  /** Refused because of the state of the object. */
  | { readonly exception: string; readonly uid?: string };

/** Options of the service that change what operations do. */
export interface ModelSettings {
  readonly adopts: boolean;
  readonly deactivatesOnDelete: boolean;
  readonly updatesDisabled: boolean;
  readonly skipsPending: boolean;
  readonly ioErrorRetries: number;
}

/** A request and what is expected of it. */
export interface PlannedOperation {
  readonly operation: 'create' | 'get' | 'update-delta' | 'delete';
  readonly body: object;
  readonly expected: Expectation;
  /** What a successful read must tell. */
  readonly answerBody?: object;
  /** Whether the plan ends in a deactivation, which is tried whatever happens before it. */
  readonly endsInDeactivation?: boolean;
}

/** An operation on a slot, to be planned when its turn comes. */
export interface ModelOperation {
  /** @returns `undefined` when it makes no sense in this account. */
  plan(account: Account, settings: ModelSettings): PlannedOperation | undefined;
  toString(): string;
}

export function emptyUser(slot: UserSlot, account: Account): readonly CellChange[] {
  const member = (group: GroupSlot) => ({ cell: `user ${slot} in ${group}`, value: undefined });
  return [
    ...['address', 'status', 'FIRST_NAME', 'DEPT'].map((name) => ({
      cell: `user ${slot} ${name}`,
      value: undefined,
    })),
    ...[...account.groups.keys()].map(member),
  ].map((change) => ({ ...change, attribute: '__UID__' }));
}
