import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { CreatePlan } from '../../../connector/object-class/object-class.js';
import { type Plan, removalPlan } from '../../../connector/object-class/plan.js';
import type { Attributes } from '../../../connid/attribute.js';
import { planCreateUser, refusePhoneData } from '../create-user.js';
import {
  deactivation,
  type DeletePolicy,
  type DoomedUser,
  logoutOf,
  planDeleteUser,
} from '../delete-user.js';
import { neverAdopted } from '../user-view.js';
import { createScimUser, deleteScimUser, switchScimUser } from './calls.js';
import { refuseContradictions } from './exclusive-attributes.js';
import { lostByScimDeactivation } from './licence-catalogue.js';
import type { ScimPlanning } from './plan-update.js';
import { newResource } from './replacement.js';
import { scimUserOf } from './resource.js';

/**
 * Plans the call that creates a user.
 * @param wasInvited - whether the address was invited before. SCIM refuses such addresses; REST invites them anew.
 */
export function planCreateScimUser(
  attributes: Attributes,
  wasInvited: boolean,
  { bindings, phoneBundleTypes, tables }: ScimPlanning,
): CreatePlan {
  refusePhoneData(attributes);
  refuseContradictions([...attributes.keys()]);
  if (wasInvited) {
    const given = new Map([...attributes].filter(([name]) => name !== 'CREATE_ACTION'));
    return planCreateUser(given, bindings, { createAction: 'create', phoneBundleTypes });
  }
  const isDisabled = attributes.get('__ENABLE__')?.[0] === false;
  const isLost = (name: string) => isDisabled && lostByScimDeactivation.has(name);
  const inBody = [...attributes].filter(([name]) => tables.fields[name] !== undefined && !isLost(name));
  const covered = new Set([...inBody.map(([name]) => name), 'CREATE_ACTION']);
  if (!isDisabled) covered.add('__ENABLE__');
  const address = String(attributes.get('__NAME__')?.[0]);
  return { call: createScimUser(address, newResource(new Map(inBody), tables)), covered };
}

/** Names of the roles that Zoom makes for the owner and administrators. */
const protectedRoles: readonly string[] = ['Owner', 'Admin'];

/** Why a user must not be adopted. */
export function adoptionRefusal(found: FoundObject): string | undefined {
  const isProtected = scimUserOf(found)?.roles.some((role) => protectedRoles.includes(role)) === true;
  return isProtected ? neverAdopted : undefined;
}

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
