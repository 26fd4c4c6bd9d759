import type { CreatePlan, FoundObject } from '../../../connector/object-class/object-class.js';
import type { Attributes } from '../../../connid/attribute.js';
import { lostByScimDeactivation } from '../../scim/user/losses.js';
import { planCreateUser, refusePhoneData } from '../create-user.js';
import { neverAdopted } from '../user-view.js';
import { createScimUser } from './calls.js';
import { refuseContradictions } from './exclusive-attributes.js';
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
