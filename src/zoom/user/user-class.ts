import { ObjectClassView } from '../../connid/object-class-view.js';
import type { Endpoint } from '../../connector/call.js';
import type { FoundObject, ObjectClass, Partition, UpdateInput } from '../../connector/object-class.js';
import { type Plan, planSteps } from '../../connector/plan.js';
import { readersOf } from '../binding.js';
import { groupEndpoints } from '../endpoints/groups.js';
import { roleEndpoints } from '../endpoints/roles.js';
import { userEndpoints } from '../endpoints/users.js';
import { textAt } from '../json.js';
import { listUsers, type UserStatus } from './calls.js';
import { planCreateUser } from './create-user.js';
import { type CustomAttribute, withCustomAttributes } from './custom-attributes.js';
import { type DeletePolicy, planDeleteUser } from './delete-user.js';
import { findUser } from './find-user.js';
import { identified, listAllUsers, listedUsers, listingOrder, type UserListing } from './list-users.js';
import { createPendingUsers, type PendingUsers } from './pending-users.js';
import { usedPhoneEndpoints } from './phone/calls.js';
import { phoneReader } from './phone/read-phone.js';
import { createSites } from './phone/sites.js';
import { userSources } from './rest-bindings.js';
import { userRestSteps } from './rest-steps.js';
import { allowChanges, type UpdatePolicy } from './update-policy.js';

/** What a user class decides by; filled from the configuration. */
export interface UserClassSettings {
  readonly policy: UpdatePolicy & DeletePolicy;
  readonly listing: Omit<UserListing, 'includeFields'>;
  readonly createAction: string;
  readonly emailChangeRefusal: 'fail' | 'warn';
  readonly customAttributes: readonly CustomAttribute[];
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
  const { verifyTotals } = settings.listing;
  const phone = { sites: createSites(verifyTotals, now), verifyTotals };
  const { createAction, policy, renamed } = settings;
  return {
    view: new ObjectClassView({
      name: 'ZoomUser',
      description: 'A user of the Zoom account: active, inactive or pending.',
      attributes,
      aliases: { USER_ID: '__UID__', EMAIL: '__NAME__', PASSWORD: '__PASSWORD__' },
      retired: { ZOOM_ONE_FEATURE_TYPE: 'Use ZOOM_ONE_TYPE.' },
      renamed,
    }),
    operations: ['search', 'get', 'create', 'updateDelta', 'delete'],
    reading: { sources: userSources, readers: readersOf(bindings) },
    keys: ['__UID__', '__NAME__'],
    partitions,
    endpoints: { required, optional },
    probe: { ...listUsers({ status: 'active', page_size: 1 }), why: 'see whether users can be read' },
    find: async (key, sources, session) => {
      const user = await findUser(key, pending, session);
      if (user === undefined) return undefined;
      return phoneReader(sources, phone, session)(user, statusOf(user) === 'pending');
    },
    list: async function* ({ partitions, sources }, session) {
      const withPhone = phoneReader(sources, phone, session);
      for await (const user of listAllUsers(partitions, sources.has('user'), listing, session)) {
        const isPending = statusOf(user) === 'pending';
        if (isPending) pending.note(user);
        yield withPhone(user, isPending);
      }
    },
    stateSources: () => userRecord,
    planUpdate: (input) => planUpdateUser(input, settings, bindings),
    planCreate: (given) => planCreateUser(given, bindings, createAction),
    createdUid: (answer) => textAt(answer, 'id'),
    adoptionSources: userRecord,
    adoptionRefusal,
    deleteSources: userRecord,
    planDelete: (uid, found) => {
      if (found === undefined) throw new Error('A user is read before it is deleted');
      return planDeleteUser({ uid, address: found.name, status: statusOf(found) }, policy);
    },
  };
}

function pendingUsers(listing: UserListing, now: () => number): PendingUsers {
  return createPendingUsers(
    {
      listed: (session) => listedUsers('pending', listing, session),
      identified: async function* (session) {
        for await (const row of listedUsers('pending', listing, session)) yield identified(row, session);
      },
    },
    now,
  );
}

/** A user that only the list of pending users shows has no other record. */
function statusOf(found: FoundObject): UserStatus {
  const record = found.records.get('user') ?? found.records.get('userList');
  const status = textAt(record, 'status');
  return status === 'inactive' || status === 'pending' ? status : 'active';
}

const protectedRoles: readonly (string | undefined)[] = ['0', '1'];

function adoptionRefusal(found: FoundObject): string | undefined {
  if (!protectedRoles.includes(textAt(found.records.get('user'), 'role_id'))) return undefined;
  return 'The owner and administrators of the account are never adopted.';
}

function planUpdateUser(
  { changes, occasion, state, uid }: UpdateInput,
  { emailChangeRefusal, policy }: UserClassSettings,
  bindings: Parameters<typeof readersOf>[0],
): Plan {
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const status = statusOf(state.found);
  const allowed = allowChanges(changes, status, occasion, policy);
  const steps = planSteps(userRestSteps, (name) => bindings[name]?.steps ?? [], allowed.changes, {
    userId: status === 'pending' ? state.found.name : uid,
    status,
    activate: allowed.activate,
    deactivate: allowed.deactivate,
    logout: policy.immediateLogoutOnDeactivate,
    tolerateEmailRefusal: emailChangeRefusal === 'warn',
    bindings,
  });
  return { steps, warnings: allowed.warnings, sideEffects: allowed.sideEffects };
}
