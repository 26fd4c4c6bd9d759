import type { OperationContext } from '../../../connector/context.js';
import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../../connector/object-class/object-class.js';
import type { Partition } from '../../../connector/object-class/listing.js';
import { planFetch, type ReadingTable } from '../../../connector/object-class/reading.js';
import { isEmployeeId } from '../../client/paths.js';
import { readersOf } from '../../kit/binding.js';
import { textAt } from '../../kit/json.js';
import { scimEndpoints } from '../../kit/scim-endpoints.js';
import { completeScimUser, findScimUser, nameTakenUnseen } from './find-user.js';
import { adoptionRefusal, planCreateScimUser, planDeleteScimUser } from './create-delete.js';
import { checkSite, readAccountFacts } from '../account-facts.js';
import { inactiveByRefusal } from '../policy/update-policy.js';
import { createCustomKeys, withCustomAttributes } from '../custom-attributes.js';
import { createPhoneIndex } from '../phone/phone-index.js';
import { phoneReadBack } from '../phone/read-phone.js';
import { createSites } from '../phone/sites.js';
import { pendingUsers } from '../read-users.js';
import { restUserEndpoints, type UserClassSettings } from '../user-class.js';
import { createdUser } from '../create-user.js';
import { nameTakenElsewhere, userView } from '../user-view.js';
import { toldByRest, userEffectsOnReads } from '../write-effects.js';
import { otherNames } from './exclusive-attributes.js';
import { type GroupIds, groupsToCarry } from './group-ids.js';
import { planUpdateScimUser, type ScimPlanning } from './plan-update.js';
import { scimStatusOf, scimUserOf } from './resource.js';
import { scimUserTables } from './tables.js';
import { ScimUserListing } from './user-listing.js';

/** What a user class over SCIM decides by. */
interface ScimUserClassSettings extends UserClassSettings {
  /** Whether REST may be used for what SCIM does not see. */
  readonly fallback: boolean;
}

const pendingPartition: Partition = {
  id: 'pending',
  facts: new Map<string, readonly (string | boolean)[]>([
    ['STATUS', ['pending']],
    ['__ENABLE__', [true]],
  ]),
};

const provisionedPartition: Partition = { id: 'provisioned', facts: new Map() };

const resource: ReadonlySet<string> = new Set(['scimUser']);

const { createScimUser, deleteScimUser, getScimUser, listScimGroups, listScimUsers } = scimEndpoints;

const { patchScimGroup, patchScimUser, replaceScimUser } = scimEndpoints;

const required: readonly Endpoint[] = [listScimUsers, getScimUser, listScimGroups];

const optional: readonly Endpoint[] = [
  createScimUser,
  replaceScimUser,
  patchScimUser,
  deleteScimUser,
  patchScimGroup,
];

const overRest: readonly Endpoint[] = [...restUserEndpoints.required, ...restUserEndpoints.optional];

/** What the reads and plans of a user class work with. */
function partsOf(settings: ScimUserClassSettings, groups: GroupIds, now: () => number) {
  const { customAttributes, fallback } = settings;
  const rest = withCustomAttributes(customAttributes);
  const { includeFields } = rest;
  const listing = { ...settings.listing, ...(includeFields !== undefined && { includeFields }) };
  const { pageSize, verifyTotals } = listing;
  const tables = scimUserTables(customAttributes, fallback);
  const planning: ScimPlanning = { ...settings, bindings: rest.bindings, tables };
  return {
    settings: listing,
    pending: fallback ? pendingUsers(listing, now) : undefined,
    groups,
    fallback,
    sites: createSites(verifyTotals, now),
    customKeys: createCustomKeys(pageSize, now),
    formerInvitations: new WeakSet<OperationContext>(),
    planning,
    tables,
  };
}

type Parts = ReturnType<typeof partsOf>;

/**
 * `ZoomUser` over SCIM2.
 * @param groups - the ids of the account's groups, which users are told to be in by name.
 * @param now - milliseconds, for the age of what is remembered about the account.
 */
export function createScimUserClass(
  settings: ScimUserClassSettings,
  groups: GroupIds,
  now: () => number,
): ObjectClass {
  const parts = partsOf(settings, groups, now);
  const { tables } = parts;
  const reading = { sources: tables.sources, readers: readersOf(tables.bindings) };
  return {
    view: userView(tables.attributes, settings.renamed),
    operations: ['search', 'get', 'create', 'updateDelta', 'delete'],
    reading,
    ...searching(settings, parts),
    ...updating(settings, reading, parts),
    ...creating(parts),
    deleteSources: resource,
    planDelete: (uid, found) => {
      if (found === undefined) throw new Error('A user is read before it is deleted');
      const user = { uid, address: found.name, status: scimStatusOf(found) };
      return planDeleteScimUser(user, settings.policy);
    },
  };
}

/** Without REST nobody tells whether a user whom SCIM does not show is pending. */
const absenceHint =
  'SCIM does not show pending users: give the address as nameHint, or set service.scimFallback to look over REST, too.';

type Searching =
  'absenceHint' | 'keys' | 'narrowings' | 'partitions' | 'endpoints' | 'probe' | 'find' | 'openListing';

function searching({ fallback, listing }: ScimUserClassSettings, parts: Parts): Pick<ObjectClass, Searching> {
  const { pending } = parts;
  return {
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__' },
      ...(fallback ? [{ attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId }] : []),
    ],
    narrowings: [],
    ...(!fallback && { absenceHint }),
    partitions: [...(fallback ? [pendingPartition] : []), provisionedPartition],
    endpoints: { required, optional: [...optional, ...(fallback ? overRest : [])] },
    probe: {
      endpoint: listScimUsers,
      query: { startIndex: 1, count: 1 },
      why: 'see whether users can be read',
    },
    find: async (key, sources, session) => {
      const found = await findScimUser(key, parts, session);
      if (found === undefined) return undefined;
      if (scimUserOf(found) === undefined) pending?.note(found);
      const phones = createPhoneIndex(listing.verifyTotals);
      return completeScimUser(found, sources, { ...parts, phones }, session);
    },
    openListing: (query, state) => new ScimUserListing(parts, query, state),
  };
}

type Updating = 'stateSources' | 'planUpdate' | 'readBack';

function updating(
  { fallback }: ScimUserClassSettings,
  reading: ReadingTable,
  { customKeys, groups, planning, sites, tables }: Parts,
): Pick<ObjectClass, Updating> & Required<Pick<ObjectClass, 'effectsOnReads' | 'factsFromRefusal'>> {
  const byRest = toldByRest(planning.bindings);
  const isField = (attribute: string) => tables.fields[attribute] !== undefined;
  const bySource = (attribute: string) => tables.bindings[attribute]?.read ?? {};
  const tells = (attribute: string) =>
    'scimUser' in bySource(attribute) ||
    'scimGroups' in bySource(attribute) ||
    ('user' in bySource(attribute) && byRest(attribute));
  return {
    stateSources: (changes) => {
      const attributes = changes.map(({ attribute }) => attribute);
      const replaces = attributes.some(isField);
      // A replacement carries title and locale, which only REST tells.
      const hidden = replaces && fallback ? ['user'] : [];
      return new Set([...resource, ...hidden, ...planFetch(reading, attributes, 'single')]);
    },
    planUpdate: async (input, session) => {
      const { changes, state } = input;
      const facts = await readAccountFacts(input, { customKeys, sites }, [], session);
      const replaces = state !== undefined && changes.some(({ attribute }) => isField(attribute));
      const carried = replaces ? await groupsToCarry(state.found, groups, session) : 'told';
      return planUpdateScimUser(input, { ...facts, groups: carried }, planning);
    },
    effectsOnReads: (uid, change) => [
      ...userEffectsOnReads(uid, change, { attributes: tables.attributes, tells }),
      ...otherNames(uid, change, tables.attributes),
    ],
    factsFromRefusal: (refusal, found) => inactiveByRefusal(refusal, scimStatusOf(found)),
    ...(fallback && { readBack: phoneReadBack }),
  };
}

type Creating =
  'planCreate' | 'checkCreate' | 'created' | 'nameTakenElsewhere' | 'adoptionSources' | 'adoptionRefusal';

function creating({ formerInvitations, pending, planning, sites }: Parts): Pick<ObjectClass, Creating> {
  return {
    planCreate: (given, { context }) => planCreateScimUser(given, formerInvitations.has(context), planning),
    checkCreate: (given, session) => checkSite(given, sites, session),
    created: (answer) => {
      const name = textAt(answer, 'userName');
      if (name === undefined && pending !== undefined) return createdUser(answer, pending);
      return { uid: textAt(answer, 'id'), name };
    },
    nameTakenElsewhere: pending === undefined ? nameTakenUnseen : nameTakenElsewhere,
    adoptionSources: resource,
    adoptionRefusal,
  };
}
