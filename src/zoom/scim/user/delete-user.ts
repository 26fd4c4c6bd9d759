import { type Plan, removalPlan } from '../../../connector/object-class/plan.js';
import {
  deactivation,
  type DeletePolicy,
  type DoomedUser,
  logoutOf,
  planDeleteUser,
} from '../../user/delete-user.js';
import { deleteScimUser, switchScimUser } from '../../user/scim/calls.js';

/** Plans a delete over SCIM. What SCIM has no words for, and pending users, which it does not see, go over REST. */
export function planDeleteScimUser(user: DoomedUser, policy: DeletePolicy): Plan {
  const { disassociateOnDelete, transferOnDelete } = policy;
  if (user.status === 'pending') return planDeleteUser(user, policy);
  if (policy.deactivateOnDelete) {
    return deactivation(user.status, switchScimUser(user.uid, false), logoutOf(user.uid, policy));
  }
  if (disassociateOnDelete || transferOnDelete !== null) return planDeleteUser(user, policy);
  return removalPlan(deleteScimUser(user.uid));
}
