import type { ObjectClass } from '../connector/object-class/object-class.js';
import { type Metrics, noMetrics } from '../connector/ports.js';
import { ConnectorError, type Finding } from '../connid/errors.js';
import { renamingProblems } from '../connid/object-class-view.js';
import { type AccountMemory, createAccountMemory } from './account-memory.js';
import { createGroupClass } from './group/group-class.js';
import { createScimGroupClass } from './group/scim/group-class.js';
import type { ClassConfig, ClassParts } from './kit/class-parts.js';
import { spanTime, systemClock } from './kit/clock.js';
import { createLists } from './kit/paged-list.js';
import { groupClassSettings, hasFallback, userClassSettings } from './settings.js';
import type { CustomAttribute } from './user/custom-attributes.js';
import { createGroupIds, type GroupIds } from './user/scim/group-ids.js';
import { ownMembers } from './user/scim/tables.js';
import { createScimUserClass } from './user/scim/user-class.js';
import { createUserClass } from './user/user-class.js';

/** The parts that the classes of one connector are built from, and those that some of them share. */
interface SharedParts extends ClassParts {
  /** Ids of groups by name: users over SCIM name their groups, and writes of groups change names. */
  readonly groupIds: GroupIds;
  readonly memory: AccountMemory;
}

/** How a class is built over each API. */
export interface ClassRow {
  readonly rest: (parts: SharedParts) => ObjectClass;
  /** Without it the class goes over REST even if SCIM manages users and groups, where REST may be used. */
  readonly scim?: (parts: SharedParts) => ObjectClass;
}

/** The object classes of Zoom. A new one is a folder of its own and a line here. */
export const zoomClasses: readonly ClassRow[] = [
  { rest: restUsers, scim: scimUsers },
  { rest: restGroups, scim: scimGroups },
];

function restUsers({ config, lists, memory, now }: SharedParts): ObjectClass {
  return createUserClass(userClassSettings(config, lists, memory.pendingIds), now);
}

function scimUsers({ config, groupIds, lists, memory, now }: SharedParts): ObjectClass {
  const settings = { ...userClassSettings(config, lists, memory.pendingIds), fallback: hasFallback(config) };
  return createScimUserClass(settings, groupIds, now);
}

function restGroups({ config, lists }: SharedParts): ObjectClass {
  return createGroupClass(groupClassSettings(config, lists));
}

function scimGroups({ config, groupIds, lists }: SharedParts): ObjectClass {
  return createScimGroupClass({
    ...groupClassSettings(config, lists),
    fallback: hasFallback(config),
    nameChanged: () => groupIds.forget(),
  });
}

/** Parts that the classes of several connectors may share. */
interface SharedByClasses {
  /** What earlier classes have learnt about the account. */
  readonly memory?: AccountMemory | undefined;
  /** Receive the lengths of lists. */
  readonly metrics?: Pick<Metrics, 'listed'> | undefined;
}

/**
 * Builds the object classes of a connector.
 * @param now - milliseconds, for the age of what they keep.
 * @throws ConnectorError `configuration`, with findings, for names of `custom.attributeNames` that cannot be given.
 */
export function objectClassesOf(
  config: ClassConfig,
  now = spanTime(systemClock),
  rows = zoomClasses,
  { memory = createAccountMemory(now), metrics = noMetrics }: SharedByClasses = {},
): readonly ObjectClass[] {
  const objectClasses = build(rows, config, { now, memory, metrics });
  const errors = wrongNames(config, objectClasses);
  if (errors.length === 0) return objectClasses;
  throw new ConnectorError('configuration', 'Attributes cannot be named as configured.', { errors });
}

/** The problems of the attribute names of a configuration. Secrets are not needed. */
export function namingProblems(config: ClassConfig): readonly Finding[] {
  const now = spanTime(systemClock);
  return wrongNames(
    config,
    build(zoomClasses, config, { now, memory: createAccountMemory(now), metrics: noMetrics }),
  );
}

/** The parts of classes that the configuration does not determine. */
interface Surroundings {
  readonly now: () => number;
  readonly memory: AccountMemory;
  readonly metrics: Pick<Metrics, 'listed'>;
}

function build(
  rows: readonly ClassRow[],
  config: ClassConfig,
  { now, memory, metrics }: Surroundings,
): readonly ObjectClass[] {
  const lists = createLists(config.results, memory.pageSizes, (list, rows) => metrics.listed(list, rows));
  const parts = { config, lists, memory, now, groupIds: createGroupIds(lists, now) };
  if (config.service.api === 'rest') return rows.map(({ rest }) => rest(parts));
  const usesRest = hasFallback(config);
  return rows
    .filter(({ scim }) => scim !== undefined || usesRest)
    .map(({ rest, scim = rest }) => scim(parts));
}

function wrongNames(
  { custom, service }: ClassConfig,
  objectClasses: readonly ObjectClass[],
): readonly Finding[] {
  const declarations = objectClasses.map(({ view }) => view.declaration);
  const renamed = renamingProblems(custom.attributeNames, declarations).map(({ attribute, message }) => ({
    path: `/custom/attributeNames${attribute === undefined ? '' : `/${attribute}`}`,
    message,
  }));
  return [...renamed, ...(service.api === 'scim' ? takenMembers(custom.customAttributes) : [])];
}

/** Over SCIM custom attributes stand beside licences, under their names in Zoom. */
function takenMembers(custom: readonly CustomAttribute[]): readonly Finding[] {
  return custom.flatMap(({ name }, index) => {
    const message = `Over SCIM "${name}" is a member of Zoom's own, which has an attribute already: rename the custom attribute in Zoom.`;
    return ownMembers.has(name) ? [{ path: `/custom/customAttributes/${index}/name`, message }] : [];
  });
}
