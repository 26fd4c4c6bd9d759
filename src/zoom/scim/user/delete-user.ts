import { emptyPlan, type Plan, planOf } from '../../../connector/plan.js';
import { revokeToken } from '../../user/calls.js';
import { type DeletePolicy, type DoomedUser, planDeleteUser } from '../../user/delete-user.js';
import { deleteScimUser, switchScimUser } from './calls.js';

/** Plans a delete over SCIM. What SCIM has no words for, and pending users, which it does not see, go over REST. */
export function planDeleteScimUser(user: DoomedUser, policy: DeletePolicy): Plan {
  const { disassociateOnDelete, immediateLogoutOnDeactivate, transferOnDelete } = policy;
  if (user.status === 'pending') return planDeleteUser(user, policy);
  if (policy.deactivateOnDelete) {
    if (user.status === 'inactive') return emptyPlan;
    const logout = immediateLogoutOnDeactivate ? [revokeToken(user.uid)] : [];
    const plan = planOf('delete', [switchScimUser(user.uid, false), ...logout]);
    return { ...plan, sideEffects: [{ attribute: '__ENABLE__', values: [false] }] };
  }
  if (disassociateOnDelete || transferOnDelete !== null) return planDeleteUser(user, policy);
  return { ...planOf('delete', [deleteScimUser(user.uid)]), removes: true };
}
