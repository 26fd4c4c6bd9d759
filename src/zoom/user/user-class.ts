import type { Endpoint } from '../../connector/object-class/endpoint.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import type { Partition } from '../../connector/object-class/listing.js';
import { planFetch } from '../../connector/object-class/reading.js';
import { readersOf } from '../kit/binding.js';
import { isEmployeeId } from '../client/paths.js';
import { phoneEndpoints } from './phone/endpoints.js';
import { membershipEndpoints, roleEndpoints, userEndpoints } from './endpoints.js';
import { textAt } from '../kit/json.js';
import { listUsers } from './calls.js';
import { inactiveByRefusal } from './policy/update-policy.js';
import { checkSite, readAccountFacts } from './account-facts.js';
import { createdUser, planCreateUser } from './create-user.js';
import { createCustomKeys, type CustomAttribute, withCustomAttributes } from './custom-attributes.js';
import { toldByRest, userEffectsOnReads } from './write-effects.js';
import { type DeletePolicy, planDeleteUser } from './delete-user.js';
import { listingOrder } from './list-order.js';
import { createSites } from './phone/sites.js';
import { planUserUpdate } from './plan-update.js';
import { pendingUsers, userReads } from './read-users.js';
import { userSources } from './bindings.js';
import type { UpdatePolicy } from './policy/allowed-changes.js';
import type { UserListingSettings } from './user-listing.js';
import { nameTakenElsewhere, neverAdopted, statusOf, userView } from './user-view.js';

/** What a user class decides by; filled from the configuration. */
export interface UserClassSettings {
  readonly policy: UpdatePolicy & DeletePolicy;
  readonly listing: Omit<UserListingSettings, 'includeFields'>;
  readonly createAction: string;
  readonly emailChangeRefusal: 'fail' | 'warn';
  readonly customAttributes: readonly CustomAttribute[];
  /** Values of `ZOOM_ONE_TYPE` whose bundle brings Zoom Phone along. */
  readonly phoneBundleTypes: readonly string[];
  /** Names to show instead of the declared ones. */
  readonly renamed: Readonly<Record<string, string>>;
}

const partitions: readonly Partition[] = listingOrder.map((status) => ({
  id: status,
  facts: new Map<string, readonly (string | boolean)[]>([
    ['STATUS', [status]],
    ['__ENABLE__', [status !== 'inactive']],
  ]),
}));

const userRecord: ReadonlySet<string> = new Set(['user']);

const required: readonly Endpoint[] = [userEndpoints.listUsers, userEndpoints.getUser];

const optional: readonly Endpoint[] = [
  ...Object.values(userEndpoints).filter((endpoint) => !required.includes(endpoint)),
  ...Object.values(membershipEndpoints),
  roleEndpoints.addRoleMembers,
  roleEndpoints.removeRoleMember,
  ...Object.values(phoneEndpoints),
];

/** The calls of REST that users need always, and those that some operations need. */
export const restUserEndpoints = { required, optional } as const;

/**
 * `ZoomUser` over REST v2.
 * @param now - milliseconds, for the age of what is remembered about pending users.
 */
export function createUserClass(settings: UserClassSettings, now: () => number): ObjectClass {
  const { attributes, bindings, includeFields } = withCustomAttributes(settings.customAttributes);
  const listing = { ...settings.listing, ...(includeFields !== undefined && { includeFields }) };
  const pending = pendingUsers(listing, now);
  const sites = createSites(listing.verifyTotals, now);
  const customKeys = createCustomKeys(listing.pageSize, now);
  const reading = { sources: userSources, readers: readersOf(bindings) };
  const echoing = { attributes, tells: toldByRest(bindings) };
  const { customAttributes, policy, renamed } = settings;
  return {
    view: userView(attributes, renamed),
    operations: ['search', 'get', 'create', 'updateDelta', 'delete'],
    reading,
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__' },
      { attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId },
    ],
    narrowings: ['ROLE_ID'],
    partitions,
    endpoints: restUserEndpoints,
    probe: { ...listUsers({ status: 'active', page_size: 1 }), why: 'see whether users can be read' },
    ...userReads(listing, { sites, pending }),
    stateSources: (changes) => {
      const attributes = changes.map(({ attribute }) => attribute);
      return new Set([...userRecord, ...planFetch(reading, attributes, 'single')]);
    },
    planUpdate: async (input, session) => {
      const facts = await readAccountFacts(input, { sites, customKeys }, customAttributes, session);
      return planUserUpdate(input, facts, { ...settings, bindings });
    },
    effectsOnReads: (uid, change) => userEffectsOnReads(uid, change, echoing),
    factsFromRefusal: (refusal, found) => inactiveByRefusal(refusal, statusOf(found)),
    planCreate: (given) => planCreateUser(given, bindings, settings),
    checkCreate: (given, session) => checkSite(given, sites, session),
    created: (answer) => createdUser(answer, pending),
    nameTakenElsewhere: nameTakenElsewhere,
    adoptionSources: userRecord,
    adoptionRefusal,
    deleteSources: userRecord,
    planDelete: (uid, found) => {
      if (found === undefined) throw new Error('A user is read before it is deleted');
      return planDeleteUser({ uid, address: found.name, status: statusOf(found) }, policy);
    },
  };
}

/** Ids of the owner's and the administrators' roles. */
const protectedRoles: readonly string[] = ['0', '1'];

function adoptionRefusal(found: FoundObject): string | undefined {
  const roleId = textAt(found.records.get('user'), 'role_id') ?? '';
  return protectedRoles.includes(roleId) ? neverAdopted : undefined;
}
