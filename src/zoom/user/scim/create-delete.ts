import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { OperationContext } from '../../../connector/context.js';
import type { Creatable, CreatePlan } from '../../../connector/object-class/creatable.js';
import { type Plan, removalPlan } from '../../../connector/object-class/plan.js';
import type { Removable } from '../../../connector/object-class/removable.js';
import type { Attributes } from '../../../connid/attribute.js';
import { textAt } from '../../kit/json.js';
import { checkSite } from '../plan-update.js';
import { createdUser, planCreateUser, refusePhoneData } from '../create-user.js';
import {
  deactivation,
  type DeletePolicy,
  type DoomedUser,
  logoutOf,
  planDeleteUser,
} from '../delete-user.js';
import type { PendingUsers } from '../pending-users.js';
import type { Sites } from '../phone/sites.js';
import { nameTakenElsewhere, neverAdopted, pendingExists } from '../user-view.js';
import { createScimUser, deleteScimUser, switchScimUser } from './calls.js';
import { refuseContradictions } from './exclusive-attributes.js';
import { nameTakenUnseen } from './find-user.js';
import { lostByScimDeactivation } from './licence-catalogue.js';
import type { ScimPlanning } from './plan-update.js';
import { newResource } from './replacement.js';
import { knownScimStatus, namesOf, resource, resourceToWrite, scimStatusOf, scimUserOf } from './resource.js';

/** Parts that all creates of users share. */
interface ScimCreateParts {
  readonly planning: ScimPlanning;
  readonly sites: Sites;
  /** REST's index of pending users, where REST may be used. */
  readonly pending: PendingUsers | undefined;
  /** Operations that met an address that was invited before and belongs to no user now. */
  readonly formerInvitations: WeakSet<OperationContext>;
}

/** The creates of `ZoomUser` over SCIM. */
export function scimUserCreates(parts: ScimCreateParts): Creatable {
  const { formerInvitations, pending, planning, sites } = parts;
  return {
    plan: (given, { context }) => planCreateScimUser(given, formerInvitations.has(context), planning),
    check: (given, session) => checkSite(given, sites, session),
    created: (answer) => {
      const name = textAt(answer, 'userName');
      if (name === undefined && pending !== undefined) return createdUser(answer, pending);
      return { uid: textAt(answer, 'id'), name };
    },
    nameTaken: pending === undefined ? nameTakenUnseen : nameTakenElsewhere,
    existing: (found) => (scimStatusOf(found) === 'pending' ? pendingExists : undefined),
    adoption: { sources: resource, refusal: adoptionRefusal },
  };
}

/** The deletes of `ZoomUser` over SCIM. */
export function scimUserRemovals(policy: DeletePolicy): Removable {
  return {
    needs: resourceToWrite,
    plan: (found) => {
      const user = { uid: found.uid, address: found.name, status: knownScimStatus(found) };
      return planDeleteScimUser(user, policy);
    },
  };
}

/**
 * Plans the call that creates a user.
 * @param wasInvited - true if the address was invited before. SCIM refuses such addresses; REST invites them again.
 */
function planCreateScimUser(
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

/** The reason why a user must not be adopted. */
function adoptionRefusal(found: FoundObject): string | undefined {
  const user = scimUserOf(found);
  const roles = user === undefined ? [] : namesOf(user, 'roles');
  return roles.some((role) => protectedRoles.includes(role)) ? neverAdopted : undefined;
}

/** Plans a delete over SCIM. Actions that SCIM lacks, and pending users, whom it does not see, go over REST. */
function planDeleteScimUser(user: DoomedUser, policy: DeletePolicy): Plan {
  const { disassociateOnDelete, transferOnDelete } = policy;
  if (user.status === 'pending') return planDeleteUser(user, policy);
  if (policy.deactivateOnDelete) {
    return deactivation(user.status, switchScimUser(user.uid, false), logoutOf(user.uid, policy));
  }
  if (disassociateOnDelete || transferOnDelete !== null) return planDeleteUser(user, policy);
  return removalPlan(deleteScimUser(user.uid));
}
