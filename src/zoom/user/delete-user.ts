import type { CustomConfig, TransferOnDeleteConfig } from '../../config/connector-config.js';
import type { Call } from '../../connector/object-class/call.js';
import { deletePlan, emptyPlan, type Plan, removalPlan } from '../../connector/object-class/plan.js';
import type { Removable } from '../../connector/object-class/removable.js';
import * as calls from './calls.js';
import { knownStatus, userToWrite, type UserStatus } from './user-view.js';

/** The part of the configuration that decides what a delete does. */
export type DeletePolicy = Pick<
  CustomConfig,
  'deactivateOnDelete' | 'disassociateOnDelete' | 'immediateLogoutOnDeactivate' | 'transferOnDelete'
>;

/** Zoom's query parameter of each transfer option. */
const transferParameters: Readonly<Record<Exclude<keyof TransferOnDeleteConfig, 'email'>, string>> = {
  meetings: 'transfer_meeting',
  webinars: 'transfer_webinar',
  recordings: 'transfer_recording',
  whiteboards: 'transfer_whiteboard',
  clipFiles: 'transfer_clipfiles',
  notes: 'transfer_notes',
  visitors: 'transfer_visitors',
  docs: 'transfer_docs',
};

/** The deletes of `ZoomUser`. The status decides what Zoom takes. */
export function userRemovals(policy: DeletePolicy): Removable {
  return {
    needs: userToWrite,
    plan: (found) => {
      const user = { uid: found.uid, address: found.name, status: knownStatus(found) };
      return planDeleteUser(user, policy);
    },
  };
}

/** The user to be deleted, as read before. */
export interface DoomedUser {
  readonly uid: string;
  readonly address: string;
  readonly status: UserStatus;
}

/**
 * The plan of a delete that only deactivates. An inactive user may be one whose logout failed the last
 * time, so the plan still logs the user out.
 */
export function deactivation(status: UserStatus, deactivate: Call, logout: readonly Call[]): Plan {
  if (status === 'inactive') return logout.length === 0 ? emptyPlan : deletePlan(logout);
  const plan = deletePlan([deactivate, ...logout.map((call) => ({ ...call, writes: [] }))], ['__ENABLE__']);
  return { ...plan, sideEffects: [{ attribute: '__ENABLE__', values: [false] }] };
}

/** The call that logs the user out after a deactivation, where the configuration wants it. */
export function logoutOf(uid: string, policy: DeletePolicy): readonly Call[] {
  return policy.immediateLogoutOnDeactivate ? [calls.revokeToken(uid)] : [];
}

/** Plans a delete. The delete of a pending user withdraws the invitation, whatever the policy says. */
export function planDeleteUser({ uid, address, status }: DoomedUser, policy: DeletePolicy): Plan {
  if (status === 'pending') return removalPlan(calls.withdrawInvitation(address));
  if (policy.deactivateOnDelete) {
    return deactivation(status, calls.updateStatus(uid, 'deactivate'), logoutOf(uid, policy));
  }
  const action = policy.disassociateOnDelete ? 'disassociate' : 'delete';
  return removalPlan(calls.deleteUser(uid, { action, ...transferQuery(policy.transferOnDelete) }));
}

function transferQuery(transfer: TransferOnDeleteConfig | null): Readonly<Record<string, string | boolean>> {
  if (transfer === null) return {};
  const flags = Object.entries(transferParameters)
    .filter(([option]) => transfer[option as keyof typeof transferParameters])
    .map(([, parameter]) => [parameter, true] as const);
  return { transfer_email: transfer.email, ...Object.fromEntries(flags) };
}
