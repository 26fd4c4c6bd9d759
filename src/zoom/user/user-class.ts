import type { Attributes, Values } from '../../connid/attribute.js';
import type { ConnectorError } from '../../connid/errors.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import type { Endpoint } from '../../connector/call.js';
import type { FoundObject, ObjectClass, Partition } from '../../connector/object-class.js';
import { planFetch } from '../../connector/reading.js';
import { readersOf } from '../binding.js';
import { isEmployeeId } from '../client/paths.js';
import { groupEndpoints } from '../endpoints/groups.js';
import { roleEndpoints } from '../endpoints/roles.js';
import { userEndpoints } from '../endpoints/users.js';
import { textAt } from '../json.js';
import { listUsers } from './calls.js';
import { planCreateUser } from './create-user.js';
import { type CustomAttribute, withCustomAttributes } from './custom-attributes.js';
import { createCustomKeys } from './custom-keys.js';
import { userEchoes } from './echoes.js';
import { type DeletePolicy, planDeleteUser } from './delete-user.js';
import { listingOrder } from './list-order.js';
import { lookUp } from './look-up.js';
import { usedPhoneEndpoints } from './phone/calls.js';
import { createSites } from './phone/sites.js';
import { planUpdateUser } from './plan-update.js';
import type { PendingUsers } from './pending-users.js';
import { pendingUsers, userReads } from './read-users.js';
import { userSources } from './rest-bindings.js';
import type { UpdatePolicy } from './update-policy.js';
import type { UserListingSettings } from './user-listing.js';
import { statusOf } from './user-status.js';

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

const declaration = {
  name: 'ZoomUser',
  description: 'A user of the Zoom account: active, inactive or pending.',
  aliases: { USER_ID: '__UID__', EMAIL: '__NAME__', PASSWORD: '__PASSWORD__' },
  retired: { ZOOM_ONE_FEATURE_TYPE: 'Use ZOOM_ONE_TYPE.' },
};

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
  groupEndpoints.addGroupMembers,
  groupEndpoints.removeGroupMember,
  roleEndpoints.addRoleMembers,
  roleEndpoints.removeRoleMember,
  ...Object.values(usedPhoneEndpoints),
];

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
  const { customAttributes, policy, renamed } = settings;
  return {
    view: new ObjectClassView({ ...declaration, attributes, renamed }),
    operations: ['search', 'get', 'create', 'updateDelta', 'delete'],
    reading,
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__' },
      { attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId },
    ],
    narrowings: ['ROLE_ID'],
    partitions,
    endpoints: { required, optional },
    probe: { ...listUsers({ status: 'active', page_size: 1 }), why: 'see whether users can be read' },
    ...userReads(listing, { sites, pending }),
    stateSources: (changes) => {
      const attributes = changes.map(({ attribute }) => attribute);
      return new Set([...userRecord, ...planFetch(reading, attributes, 'single')]);
    },
    planUpdate: async (input, session) => {
      const lookUps = await lookUp(input, { sites, customKeys }, customAttributes, session);
      return planUpdateUser(input, lookUps, { ...settings, bindings });
    },
    echoes: (uid, change) => userEchoes(uid, change, { attributes, bindings }),
    corrections: inactiveAfterAll,
    planCreate: (given) => planCreateUser(given, bindings, settings),
    created: (answer) => createdUser(answer, pending),
    takenElsewhere,
    adoptionSources: userRecord,
    adoptionRefusal,
    deleteSources: userRecord,
    planDelete: (uid, found) => {
      if (found === undefined) throw new Error('A user is read before it is deleted');
      return planDeleteUser({ uid, address: found.name, status: statusOf(found) }, policy);
    },
  };
}

const takenElsewhere = {
  message: 'The address is taken, but by no user of this account: it belongs to a foreign Zoom account.',
  hint: 'Ask its owner to release the address or to join this account, or use another address.',
};

/** What the answer to a create tells; the new user is pending, in all likelihood. */
function createdUser(answer: unknown, pending: PendingUsers): { uid?: string; name?: string } {
  const [uid, name] = [textAt(answer, 'id'), textAt(answer, 'email')];
  if (uid !== undefined && name !== undefined) pending.note({ uid, name });
  return { ...(uid !== undefined && { uid }), ...(name !== undefined && { name }) };
}

/** Zoom's code for a change of an inactive user: it tells the status better than a read that says otherwise. */
const userDisabled = 1053;

const disabledUser: Attributes = new Map<string, Values>([
  ['STATUS', ['inactive']],
  ['__ENABLE__', [false]],
]);

function inactiveAfterAll({ details }: ConnectorError, found: FoundObject): Attributes {
  const isNews = details.upstream?.code === userDisabled && statusOf(found) !== 'inactive';
  return isNews ? disabledUser : new Map();
}

const protectedRoles: readonly (string | undefined)[] = ['0', '1'];

function adoptionRefusal(found: FoundObject): string | undefined {
  if (!protectedRoles.includes(textAt(found.records.get('user'), 'role_id'))) return undefined;
  return 'The owner and administrators of the account are never adopted.';
}
